"""One line of an opening schedule as plain data (HSDS schedule, RFC 5545 words)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True)
class Hours:
    """One schedule. ``yearly`` is ('MM-DD', 'MM-DD') for a holiday of every year.

    ``closed`` without ``holiday``: on these days of the week it is closed whatever other lines say.
    """

    opens_at: time | None = None
    closes_at: time | None = None
    freq: str = ""
    byday: str = ""
    bymonthday: str = ""
    byweekno: str = ""
    byyearday: str = ""
    interval: int | None = None
    count: int | None = None
    wkst: str = ""
    dtstart: date | None = None
    until: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    timezone: str = ""
    holiday: bool = False
    closed: bool = False
    yearly: tuple[str, str] | None = None
    words: str = ""

    @property
    def is_known(self) -> bool:
        """Whether both hours are known. Equal hours say nothing, but midnight to midnight is a whole day."""
        if self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at != self.closes_at or self.opens_at == MIDNIGHT

    @property
    def one_day(self) -> bool:
        """Whether it speaks of a single day (of one year, or of every year)."""
        if self.yearly:
            return self.yearly[0] == self.yearly[1]
        return self.valid_from is not None and self.valid_to in (None, self.valid_from)


def weekly(byday: str, opens_at: time, closes_at: time, **more: Any) -> Hours:
    """The same every week on these days ('MO,TU'); ``more``: any other part of ``Hours``."""
    return Hours(opens_at=opens_at, closes_at=closes_at, byday=byday, **{"freq": "WEEKLY", **more})


def split_hours(lines: Iterable[Hours]) -> tuple[tuple[Hours, ...], tuple[Hours, ...]]:
    """Lines whose days and hours are known, and the others (shown in the feed's own words)."""
    known: list[Hours] = []
    others: list[Hours] = []
    for line in lines:
        recurring = bool(line.freq or line.byday or line.dtstart or line.holiday)
        (known if line.is_known and recurring else others).append(line)
    return tuple(known), tuple(others)


def touching(days: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of following weekdays: [0, 1, 2, 5] -> [(0, 2), (5, 5)]."""
    ordered = sorted(set(days))
    if not ordered:
        return []
    breaks = [0, *(at + 1 for at, (a, b) in enumerate(pairwise(ordered)) if b != a + 1), len(ordered)]
    return [(ordered[start], ordered[end - 1]) for start, end in pairwise(breaks)]
