"""Open now, until when, when next: from HSDS schedules (RFC 5545 recurrence words).

What is not known never counts as open: lines without both hours, without a day, or every second week
from nobody knows when. Hours past midnight end on the next day; split hours are several schedules.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_MINUTE = time(23, 59)  # how feeds write midnight as an end
HORIZON = timedelta(days=62)
DAYS_A_WEEK = 7
MAX_COUNTED = 3660


@dataclass(frozen=True, slots=True)
class Hours:
    """One schedule as plain data. ``yearly`` is ('MM-DD', 'MM-DD') for a holiday of every year."""

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
        """Whether both hours are known."""
        return self.opens_at is not None and self.closes_at is not None


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

    Openings that touch or overlap count as one. Looks ahead 62 days.
    """
    lines = tuple(schedules)
    known = [line for line in lines if line.is_known and not line.holiday]
    spans = _joined(sorted(span for line in known for span in _spans(line, lines, at, zone)))
    for start, end in spans:
        if start <= at < end:
            return OpenState(OpenKind.OPEN, until=end)
        if start > at:
            return OpenState(OpenKind.CLOSED, opens=start)
    if any("appointment" in line.words.lower() or " cita" in f" {line.words.lower()}" for line in lines):
        return OpenState(OpenKind.BY_APPOINTMENT)
    return OpenState(OpenKind.CLOSED if _only_over(known, at) else OpenKind.NOT_KNOWN)


def _only_over(known: list[Hours], at: datetime) -> bool:
    """There were hours once, and all of them have ended."""
    today = at.date()
    return bool(known) and all(
        any(end is not None and end < today for end in (line.until, line.valid_to)) for line in known
    )


def _spans(
    line: Hours, lines: tuple[Hours, ...], at: datetime, zone: str
) -> Iterator[tuple[datetime, datetime]]:
    here = _zone(line.timezone, zone)
    first = at.astimezone(here).date() - timedelta(days=1)
    holidays = [each for each in lines if each.holiday]
    for step in range(HORIZON.days + 1):
        day = first + timedelta(days=step)
        if not opens_on(line, day):
            continue
        special = [each for each in holidays if _covers(each, day)]
        if not special:
            yield _span(line, day, here)
        for each in special:
            if not each.closed and each.is_known:
                yield _span(each, day, here)


def _span(line: Hours, day: date, here: tzinfo) -> tuple[datetime, datetime]:
    if line.opens_at is None or line.closes_at is None:
        raise ValueError("hours without both ends have no span")
    start = datetime.combine(day, line.opens_at, tzinfo=here)
    closes = time(0) if line.closes_at == LAST_MINUTE else line.closes_at
    last = day if closes > line.opens_at else day + timedelta(days=1)
    return start.astimezone(UTC), datetime.combine(last, closes, tzinfo=here).astimezone(UTC)


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _zone(words: str, fallback: str) -> tzinfo:
    """An IANA name, '+01:00', or HSDS's number of hours; else the fallback."""
    text = words.strip()
    try:
        if text[:1] in "+-0123456789" and text:
            hours, _, minutes = text.partition(":")
            sign = -1 if text.startswith("-") else 1
            return timezone(timedelta(hours=float(hours), minutes=sign * int(minutes or 0)))
        return ZoneInfo(text or fallback)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, IsADirectoryError):
        return ZoneInfo(fallback)


def _covers(holiday: Hours, day: date) -> bool:
    if holiday.yearly:
        first, last = holiday.yearly
        today = f"{day:%m-%d}"
        return first <= today <= last if first <= last else today >= first or today <= last
    first_day, last_day = holiday.valid_from, holiday.valid_to or holiday.valid_from
    return first_day is not None and last_day is not None and first_day <= day <= last_day


def opens_on(line: Hours, day: date) -> bool:
    """Whether the recurrence says this day; False as well when it does not say any day for certain."""
    if any(start is not None and day < start for start in (line.valid_from, line.dtstart)):
        return False
    if any(end is not None and day > end for end in (line.valid_to, line.until)):
        return False
    return _recurs(line, day) and _within_count(line, day)


def _within_count(line: Hours, day: date) -> bool:
    if line.count is None or line.dtstart is None:
        return True
    days = min((day - line.dtstart).days, MAX_COUNTED)
    return sum(_recurs(line, line.dtstart + timedelta(days=step)) for step in range(days + 1)) <= line.count


def _recurs(line: Hours, day: date) -> bool:
    freq = line.freq or ("WEEKLY" if line.byday else "")
    if not freq:
        return line.dtstart == day
    if not _in_step(line, freq, day) or not _numbers_agree(line, day):
        return False
    if line.byday:
        return any(_is_day(part, day, freq) for part in line.byday.split(","))
    if freq == "DAILY" or line.bymonthday or line.byyearday:
        return True
    if line.dtstart is None:
        return False
    return {
        "WEEKLY": day.weekday() == line.dtstart.weekday(),
        "MONTHLY": day.day == line.dtstart.day,
        "YEARLY": (day.month, day.day) == (line.dtstart.month, line.dtstart.day),
    }.get(freq, False)


def _in_step(line: Hours, freq: str, day: date) -> bool:
    """Every second week: which ones is known only from dtstart."""
    if line.interval in (None, 1):
        return True
    start = line.dtstart
    if start is None or not line.interval or line.interval < 1:
        return False
    if freq == "WEEKLY":
        first = WEEK.index(line.wkst) if line.wkst in WEEK else 0
        weeks = (_week_start(day, first) - _week_start(start, first)).days // DAYS_A_WEEK
        return weeks % line.interval == 0
    months = (day.year - start.year) * 12 + day.month - start.month
    steps = {"DAILY": (day - start).days, "MONTHLY": months, "YEARLY": day.year - start.year}
    return freq in steps and steps[freq] % line.interval == 0


def _week_start(day: date, first: int) -> date:
    return day - timedelta(days=(day.weekday() - first) % DAYS_A_WEEK)


def _numbers_agree(line: Hours, day: date) -> bool:
    month_length = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)).day
    year_length = date(day.year, 12, 31).timetuple().tm_yday
    here = day.timetuple().tm_yday
    return (
        _listed(line.bymonthday, day.day, day.day - month_length - 1)
        and _listed(line.byyearday, here, here - year_length - 1)
        and _listed(line.byweekno, day.isocalendar().week, 0)
    )


def _listed(words: str, from_start: int, from_end: int) -> bool:
    numbers = [int(part) for part in words.split(",") if part.strip().lstrip("+-").isdecimal()]
    return not numbers or from_start in numbers or (from_end != 0 and from_end in numbers)


def _is_day(part: str, day: date, freq: str) -> bool:
    """'TU', or '2TU' and '-1FR' within a month (RFC 5545 § 3.3.10)."""
    code, ordinal = part.strip()[-2:], part.strip()[:-2]
    if code not in WEEK or WEEK.index(code) != day.weekday():
        return False
    if not ordinal or freq == "WEEKLY":
        return not ordinal
    number = int(ordinal) if ordinal.lstrip("+-").isdecimal() else 0
    from_start = (day.day - 1) // DAYS_A_WEEK + 1
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    from_end = -(((following - day).days - 1) // DAYS_A_WEEK + 1)
    return number in (from_start, from_end) and number != 0


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
