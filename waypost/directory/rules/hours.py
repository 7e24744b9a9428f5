"""Open now, until when, when next.

What is not known never counts as open: lines without both hours, without a day, or every second week
from nobody knows when. Hours past midnight end on the next day; split hours are several schedules.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from waypost.directory.rules.recurrence import has_ended, is_certain, opens_on
from waypost.directory.rules.schedule import MIDNIGHT, WEEK, Hours, split_hours, touching

__all__ = [
    "WEEK",
    "Hours",
    "OpenKind",
    "OpenState",
    "open_state",
    "openings",
    "opens_on",
    "split_hours",
    "touching",
]

LAST_MINUTE = time(23, 59)  # how feeds write midnight as an end
NEAR = timedelta(days=9)
HORIZON = timedelta(days=62)
SEASONS = timedelta(days=400)
LONGEST_NIGHT = timedelta(hours=16)
A_DAY = timedelta(days=1)
HALF_A_DAY = timedelta(hours=12)
_NOT_NEEDED = re.compile(
    r"\b(no|without( an?)?)\s+appointments?\b|\bappointments?\s+(is|are)?\s*(not|never)\b"
    r"|\bappointments?\s+unnecessary\b|\bsin\s+citas?\b|\bno\s+(se\s+)?(necesita|requiere)n?\s+citas?\b"
)
_NEEDED = re.compile(r"\bappointments?\b|\bappt\b|\bcitas?\b")


class OpenKind(StrEnum):
    """The four answers to "is it open?"."""

    OPEN = "open"
    CLOSED = "closed"
    BY_APPOINTMENT = "by_appointment"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class OpenState:
    """``until``: end of the present opening; ``opens``: start of the next one; both with a time zone."""

    kind: OpenKind
    until: datetime | None = None
    opens: datetime | None = None


def open_state(schedules: Iterable[Hours], at: datetime, zone: str = "UTC") -> OpenState:
    """The state at a moment. ``zone`` (IANA) holds where a schedule names none.

    Openings that touch or overlap count as one; one that goes on for more than 62 days ends there. The
    next opening is looked for over 400 days.
    """
    lines = tuple(schedules)
    for ahead in (NEAR, HORIZON, SEASONS):  # most answers are near, and looking far takes long
        for start, end in openings(lines, zone, at, at + ahead):
            if start <= at < end:
                if ahead == NEAR and end > at + NEAR - A_DAY:
                    break  # it may go on
                return OpenState(OpenKind.OPEN, until=end)
            if start > at:
                return OpenState(OpenKind.CLOSED, opens=start)
        if all(has_ended(line, at.date() - timedelta(days=1)) for line in lines if _opens(line)):
            break
    if any(_by_appointment(line.words) for line in lines):
        return OpenState(OpenKind.BY_APPOINTMENT)
    return OpenState(OpenKind.CLOSED if _says_all(lines) else OpenKind.NOT_KNOWN)


def openings(
    lines: Sequence[Hours], zone: str, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """Every known opening that reaches into the time between, in order, joined where they meet (UTC)."""
    closed = [line for line in lines if line.closed and not line.holiday and is_certain(line)]
    holidays = [line for line in lines if line.holiday]
    found: list[tuple[datetime, datetime]] = []
    for line in lines:
        here = _zone(line.timezone, zone)
        if _opens(line):
            found += _regular(line, closed, holidays, here, _days(start, end, here))
        elif line.holiday and line.one_day and line.is_known and not line.closed:
            days = [day for day in _days(start, end, here) if line in _valid_on(holidays, day)]
            found += [_span(line, day, here) for day in days]
    return [each for each in _joined(sorted(found)) if each[1] > start and each[0] < end]


def _opens(line: Hours) -> bool:
    return line.is_known and not line.holiday and not line.closed and is_certain(line)


def _days(start: datetime, end: datetime, here: tzinfo) -> list[date]:
    """From the day before, because its opening may go past midnight."""
    first = start.astimezone(here).date() - timedelta(days=1)
    return [first + timedelta(days=step) for step in range((end.astimezone(here).date() - first).days + 1)]


def _regular(
    line: Hours, closed: list[Hours], holidays: list[Hours], here: tzinfo, days: Iterable[date]
) -> Iterator[tuple[datetime, datetime]]:
    """A holiday that lasts several days changes the hours of the days which are open otherwise."""
    for day in days:
        if not opens_on(line, day) or any(opens_on(each, day) for each in closed):
            continue
        special = _valid_on(holidays, day)
        if not special:
            yield _span(line, day, here)
        for each in special:
            if each.is_known and not each.closed and not each.one_day:
                yield _span(each, day, here)


def _valid_on(holidays: list[Hours], day: date) -> list[Hours]:
    """The exceptions of a day: one for this day goes before a longer one, closed before other hours."""
    covering = [each for each in holidays if _covers(each, day)]
    nearest = [each for each in covering if each.one_day] or covering
    return [each for each in nearest if each.closed] or nearest


def _span(line: Hours, day: date, here: tzinfo) -> tuple[datetime, datetime]:
    """A time that the clocks skip or show twice is taken as RFC 5545 § 3.3.5 says."""
    if line.opens_at is None or line.closes_at is None:
        raise ValueError("hours without both ends have no span")
    opens = datetime.combine(day, line.opens_at)
    closes = datetime.combine(day, MIDNIGHT if line.closes_at >= LAST_MINUTE else line.closes_at)
    if closes <= opens:
        closes = _next_morning(opens, closes)
    start, end = (each.replace(tzinfo=here).astimezone(UTC) for each in (opens, closes))
    return start, max(start, end)


def _next_morning(opens: datetime, closes: datetime) -> datetime:
    """'9:00 to 5:00' may be meant on a clock of twelve hours: open only while both readings say so."""
    afternoon, night = closes + HALF_A_DAY, closes + timedelta(days=1)
    doubtful = night - opens > LONGEST_NIGHT and afternoon > opens and closes.time() != MIDNIGHT
    return afternoon if doubtful else night


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if start == end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=512)
def _zone(words: str, fallback: str) -> tzinfo:
    """An IANA name, '+01:00', or HSDS's number of hours; else the fallback.

    'EST' or '-5' for a place whose own clocks show that at some time of the year means the place's own
    clocks, summer time included: opening hours are those on the wall.
    """
    text, own = words.strip(), ZoneInfo(fallback)
    shown = [datetime(2026, month, 1, tzinfo=own) for month in (1, 7)]
    if text.upper() in {each.tzname() for each in shown}:
        return own
    try:
        if text[:1] in "+-0123456789" and text:
            hours, _, minutes = text.partition(":")
            sign = -1 if text.startswith("-") else 1
            offset = timedelta(hours=float(hours), minutes=sign * int(minutes or 0))
            return own if offset in {each.utcoffset() for each in shown} else timezone(offset)
        return ZoneInfo(text or fallback)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError):
        return own


def _covers(holiday: Hours, day: date) -> bool:
    if holiday.yearly:
        first, last = holiday.yearly
        today = f"{day:%m-%d}"
        return first <= today <= last if first <= last else today >= first or today <= last
    first_day, last_day = holiday.valid_from, holiday.valid_to or holiday.valid_from
    return first_day is not None and last_day is not None and first_day <= day <= last_day


def _by_appointment(words: str) -> bool:
    """'No appointment needed' asks for none."""
    said = words.lower()
    return _NEEDED.search(_NOT_NEEDED.sub(" ", said)) is not None


def _says_all(lines: tuple[Hours, ...]) -> bool:
    """Whether something is known and nothing is left open: all that there was has ended, or is closed."""
    regular = [line for line in lines if not line.holiday]
    return bool(regular) and all(line.closed or _opens(line) for line in regular)
