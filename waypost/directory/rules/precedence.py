"""Which of several sources' words for one field stands, and whether two words are the same. Pure.

Order: by rank (lower first); then the listing's own feed before those of listings merged into it; then the
newest. A human's word (rank 100) goes before feeds (500) unless somebody ranked a feed before it. Whoever
says nothing gives way, except a human, who may say that there is nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from waypost.directory.rules.names import phone_form, plain, web_form

HERE, FEED, TRUSTED = 100, 500, 10
# Where a feed may be put for every field; None: where feeds stand unless somebody says otherwise.
PLACES: Mapping[str, int | None] = {"people": TRUSTED, "before": 300, "among": None, "behind": 700}
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Word:
    """What a source says of a field, as JSON has it. ``row_id``: the listing in which it says so."""

    source: str
    row_id: UUID
    value: Any
    at: datetime | None = None
    own: bool = True
    human: bool = False


def rank_of(ranks: Mapping[tuple[str, str], int], field: str, word: Word) -> int:
    """The rank given for this field, else for every field, else the usual one."""
    usual = HERE if word.human else FEED
    return ranks.get((field, word.source), ranks.get(("", word.source), usual))


def winner(words: Iterable[Word], ranks: Mapping[tuple[str, str], int], field: str) -> Word | None:
    """The word that stands; None where nobody says anything."""
    said = [each for each in words if each.human or not is_empty(each.value)]
    return min(
        said,
        key=lambda each: (
            rank_of(ranks, field, each),
            not each.own,
            -((each.at or _LONG_AGO) - _LONG_AGO).total_seconds(),
            str(each.row_id),
        ),
        default=None,
    )


def is_empty(value: Any) -> bool:
    """Whether a source says nothing."""
    return value in (None, "", [], {})


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two values say the same, however they are written."""
    return bool(_form(field, one) == _form(field, other))


def _form(field: str, value: Any) -> Any:
    if is_empty(value):
        return None
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return frozenset(_item(field, each) for each in value)
    if isinstance(value, list):
        return tuple(sorted(map(str, value)))
    if field in ("url", "website"):
        return web_form(str(value)) or plain(str(value))
    return " ".join(str(value).split()).casefold()


def _item(field: str, item: Mapping[str, Any]) -> Any:
    if field == "phones":
        number = str(item.get("number", ""))
        return phone_form(number) or plain(number), str(item.get("extension", ""))
    return tuple(sorted((name, plain(str(value))) for name, value in item.items() if not is_empty(value)))
