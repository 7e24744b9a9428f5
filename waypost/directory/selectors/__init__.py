"""The reads of the directory: frozen cards, no model leaves the room."""

from waypost.directory.selectors.needs import (
    NeedCategory,
    need_categories,
    need_category,
    need_category_name,
    need_words,
)
from waypost.directory.selectors.rows import count_rows, existing_rows

__all__ = [
    "NeedCategory",
    "count_rows",
    "existing_rows",
    "need_categories",
    "need_category",
    "need_category_name",
    "need_words",
]


def listing_for_referral(service_id):  # type: ignore
    raise NotImplementedError
