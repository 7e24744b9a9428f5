"""On which days a schedule recurs (RFC 5545 § 3.3.10), and whether it says so for certain."""

from datetime import date, timedelta
from functools import lru_cache

from waypost.directory.rules.schedule import WEEK, Hours

DAYS_A_WEEK = 7
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
LONGEST_COUNT = timedelta(days=40 * 366)


def opens_on(line: Hours, day: date) -> bool:
    """Whether the recurrence says this day; False as well when it does not say any day for certain."""
    if any(start is not None and day < start for start in (line.valid_from, line.dtstart)):
        return False
    if any(end is not None and day > end for end in (line.valid_to, line.until)):
        return False
    if not is_certain(line) or not _recurs(line, day):
        return False
    last = _last_counted(line)
    return last is None or day <= last


def is_certain(line: Hours) -> bool:
    """Whether the days can be told. "Every second week" and "three times" need to know since when.

    By the letter, MONTHLY with a bare weekday is every such day; feeds mean one of the month and do not say
    which.
    """
    freq = frequency(line)
    if not freq:
        return line.dtstart is not None or (line.valid_from is not None and line.one_day)
    if freq not in FREQUENCIES or (line.interval is not None and line.interval < 1):
        return False
    if line.dtstart is None and (line.count is not None or line.interval not in (None, 1)):
        return False
    if line.byday:
        parts = [part for part in line.byday.split(",") if _code(part)]
        if freq == "MONTHLY" and not line.bymonthday and not all(_ordinal(part) for part in parts):
            return False
        return any(freq != "WEEKLY" or not _ordinal(part) for part in parts)
    rule = {"DAILY": "always", "MONTHLY": line.bymonthday, "YEARLY": line.bymonthday or line.byyearday}
    return bool(rule.get(freq)) or line.dtstart is not None


def has_ended(line: Hours, day: date) -> bool:
    """Whether it cannot recur on this day or after."""
    ends = [each for each in (line.until, line.valid_to, _last_counted(line)) if each is not None]
    if not frequency(line):
        ends += [each for each in (line.dtstart or line.valid_from,) if each is not None]
    return any(end < day for end in ends)


def frequency(line: Hours) -> str:
    """``freq``; weekdays without one are those of every week."""
    return line.freq or ("WEEKLY" if line.byday else "")


@lru_cache(maxsize=4096)
def _last_counted(line: Hours) -> date | None:
    """The day on which ``count`` is used up; None without a count."""
    if line.count is None or line.dtstart is None:
        return None
    day, left = line.dtstart, line.count
    while day - line.dtstart < LONGEST_COUNT:
        left -= _recurs(line, day)
        if left <= 0:
            return day
        day += timedelta(days=1)
    return None


def _recurs(line: Hours, day: date) -> bool:
    freq, start = frequency(line), line.dtstart
    if not freq:
        return day == (start or line.valid_from)
    if not _in_step(line, freq, day) or not _numbers_agree(line, day):
        return False
    if line.byday:
        return any(_is_day(part, day, freq) for part in line.byday.split(","))
    if freq == "DAILY" or line.bymonthday or line.byyearday:
        return True
    if start is None:
        return False
    same_weekday = day.weekday() == start.weekday()
    same_date = (day.month, day.day) == (start.month, start.day)
    return {
        "WEEKLY": same_weekday,
        "MONTHLY": day.day == start.day,
        "YEARLY": same_weekday if line.byweekno else same_date,
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
    month_length = (_next_month(day) - timedelta(days=1)).day
    year_length = date(day.year, 12, 31).timetuple().tm_yday
    here = day.timetuple().tm_yday
    week = day.isocalendar()
    weeks = date(week.year, 12, 28).isocalendar().week  # 28 December is always in the last week
    return (
        _listed(line.bymonthday, day.day, day.day - month_length - 1)
        and _listed(line.byyearday, here, here - year_length - 1)
        and _listed(line.byweekno, week.week, week.week - weeks - 1)
    )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _listed(words: str, from_start: int, from_end: int) -> bool:
    numbers = [int(part) for part in words.split(",") if part.strip().lstrip("+-").isdecimal()]
    return not numbers or from_start in numbers or from_end in numbers


def _code(part: str) -> str:
    code = part.strip()[-2:]
    return code if code in WEEK else ""


def _ordinal(part: str) -> str:
    return part.strip()[:-2]


def _is_day(part: str, day: date, freq: str) -> bool:
    """'TU'; '2TU' and '-1FR' within a month, '20MO' within a year. WEEKLY has no ordinals."""
    code, ordinal = _code(part), _ordinal(part)
    if not code or WEEK.index(code) != day.weekday():
        return False
    if not ordinal or freq == "WEEKLY":
        return not ordinal
    number = int(ordinal) if ordinal.lstrip("+-").isdecimal() else 0
    if freq == "YEARLY":
        before = day.timetuple().tm_yday - 1
        after = (date(day.year, 12, 31) - day).days
    else:
        before, after = day.day - 1, (_next_month(day) - day).days - 1
    return number != 0 and number in (before // DAYS_A_WEEK + 1, -(after // DAYS_A_WEEK) - 1)
