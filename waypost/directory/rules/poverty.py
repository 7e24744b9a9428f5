"""Income beside a share of the federal poverty guideline: within it, above it, or not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

OLD_MARGIN = Decimal("0.15")  # what a guideline that has run out may be off by, at most three years on
OLDEST_YEARS = 3
AREAS = {"AK": "AK", "HI": "HI"}
NO_GUIDELINE = ("PR", "VI", "GU", "AS", "MP")  # HHS publishes none for the territories


@dataclass(frozen=True, slots=True)
class Guideline:
    """Dollars a year for one person and each further one, in the states of ``area``, while valid."""

    year: int
    area: str
    first: Decimal
    further: Decimal
    valid_from: date
    valid_to: date


def within(
    guidelines: Iterable[Guideline],
    *,
    income: Decimal | None,
    household_size: int | None,
    state: str,
    percent: int,
    strict: bool,
    on: date,
) -> bool | None:
    """Whether a yearly income is within ``percent`` of the guideline on that day; None when not known.

    Without a guideline for that day the newest earlier one stands in: what lies within 15 % above its limit
    is not known, and after three years nothing is.
    """
    if income is None or household_size is None or household_size < 1 or state in NO_GUIDELINE:
        return None
    area = AREAS.get(state, "contiguous" if state else "")
    held = [each for each in guidelines if each.area == area and each.valid_from <= on]
    if not held:
        return None
    newest = max(held, key=lambda each: each.valid_from)
    limit = (newest.first + newest.further * (household_size - 1)) * percent / 100
    inside = income < limit if strict else income <= limit
    if inside or on <= newest.valid_to:
        fresh = on <= newest.valid_to or (on - newest.valid_to).days <= OLDEST_YEARS * 365
        return inside if fresh else None
    if (on - newest.valid_to).days > OLDEST_YEARS * 365 or income <= limit * (1 + OLD_MARGIN):
        return None
    return False
