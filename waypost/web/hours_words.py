"""Opening hours as a table of the week, with the feed's own words for what could not be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.rules.hours import WEEK, Hours, split_hours, touching
from waypost.directory.words import clock
from waypost.kernel.clock import today
from waypost.web.presenting import day

ALL_WEEK = tuple(range(7))
ORDINALS = {
    "1": gettext_lazy("first"),
    "2": gettext_lazy("second"),
    "3": gettext_lazy("third"),
    "4": gettext_lazy("fourth"),
    "5": gettext_lazy("fifth"),
    "-1": gettext_lazy("last"),
}


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A line of the table: "Monday to Friday", ["9:00 to 12:00", "13:00 to 17:00"], "until 31 Jan"."""

    days: str
    times: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HoursTable:
    """What is known for certain, and beside it the feed's own words for the rest."""

    rows: tuple[HoursRow, ...]
    as_given: tuple[str, ...]


def hours_table(lines: Iterable[Hours]) -> HoursTable:
    """The week, then what comes by the month or on single days, then holidays; nothing that is over."""
    known, others = split_hours(lines)
    current = [line for line in known if not _is_over(line)]
    ordinary = [line for line in current if not line.holiday]
    weekly = [line for line in ordinary if _is_weekly(line)]
    rows = _week(weekly, complete=len(weekly) == len(ordinary) and all(line.holiday for line in others))
    rows += [_special(line) for line in ordinary if not _is_weekly(line)]
    holidays = [line for line in (*current, *others) if line.holiday and not _is_over(line)]
    rows += [row for row in (_holiday(line) for line in holidays) if row]
    given = [line.words.strip() for line in (*others, *ordinary) if line.words.strip() and not line.holiday]
    return HoursTable(tuple(rows), tuple(dict.fromkeys(given)))


def line_words(line: Hours) -> str:
    """A single line as people read it."""
    table = hours_table([line])
    rows = [f"{row.days}: {', '.join(row.times)}{f' ({row.note})' if row.note else ''}" for row in table.rows]
    return "; ".join([*rows, *table.as_given]) or _("Hours that we cannot put into words")


def _is_over(line: Hours) -> bool:
    return any(end is not None and end < today() for end in (line.until, line.valid_to))


def _is_weekly(line: Hours) -> bool:
    """The same every week, on days that are named."""
    if line.interval not in (None, 1) or line.bymonthday or line.byweekno or line.byyearday or line.count:
        return False
    if line.freq == "DAILY":
        return True
    return line.freq in ("", "WEEKLY") and bool(line.byday) and all(part in WEEK for part in _parts(line))


def _parts(line: Hours) -> list[str]:
    return [part.strip() for part in line.byday.split(",") if part.strip()]


def _weekdays(line: Hours) -> tuple[int, ...]:
    return tuple(WEEK.index(part) for part in _parts(line)) or ALL_WEEK


def _week(lines: list[Hours], *, complete: bool) -> list[HoursRow]:
    """Following days with the same hours share a line. ``complete``: a day without hours is closed."""
    rows: list[HoursRow] = []
    for note in dict.fromkeys(_validity(line) for line in lines):
        hours: dict[int, list[tuple[time, time]]] = {}
        for line in (each for each in lines if _validity(each) == note):
            for weekday in _weekdays(line):
                hours.setdefault(weekday, []).append(_ends(line))
        by_times: dict[tuple[str, ...], list[int]] = {}
        for weekday in sorted(hours):
            times = tuple(_span(*each) for each in sorted(set(hours[weekday])))
            by_times.setdefault(times, []).append(weekday)
        found = [(run, times) for times, days in by_times.items() for run in touching(days)]
        if complete and not note:
            found += [(run, (_("Closed"),)) for run in touching(set(ALL_WEEK) - set(hours)) if hours]
        rows += [HoursRow(_run(*run), times, note) for run, times in sorted(found)]
    return rows


def _ends(line: Hours) -> tuple[time, time]:
    if line.opens_at is None or line.closes_at is None:
        raise ValueError("hours without both ends stand among the words as given")
    return line.opens_at, line.closes_at


def _span(opens: time, closes: time) -> str:
    if opens == time(0) and closes in (time(0), time(23, 59)):
        return _("Day and night")
    return _("%(opens)s to %(closes)s") % {"opens": clock(opens), "closes": clock(closes)}


def _run(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return _("Every day")
    if first == last:
        return str(WEEKDAYS[first])
    joined = _("%(first)s and %(last)s") if last == first + 1 else _("%(first)s to %(last)s")
    return joined % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def _validity(line: Hours) -> str:
    starts = [each for each in (line.valid_from, line.dtstart) if each is not None and each > today()]
    ends = [each for each in (line.valid_to, line.until) if each is not None]
    words = [_("from %(day)s") % {"day": day(max(starts))}] if starts else []
    words += [_("until %(day)s") % {"day": day(min(ends))}] if ends else []
    return ", ".join(words)


def _special(line: Hours) -> HoursRow:
    return HoursRow(_rhythm(line), (_span(*_ends(line)),), _validity(line))


def _rhythm(line: Hours) -> str:
    """ "Second Tuesday of the month", "Every 2 weeks: Monday", "3 Dec"."""
    if not line.freq and not line.byday and line.dtstart:
        return day(line.dtstart)
    days = ", ".join(_weekday_words(part) for part in _parts(line))
    if line.bymonthday:
        days = _("days %(numbers)s") % {"numbers": line.bymonthday.replace(",", ", ")}
    every = line.interval if line.interval and line.interval > 1 else 1
    words = {
        "MONTHLY": _("%(days)s of the month") if every == 1 else _("Every %(every)s months: %(days)s"),
        "WEEKLY": _("Every %(every)s weeks: %(days)s") if every > 1 else "%(days)s",
        "DAILY": _("Every %(every)s days"),
        "YEARLY": _("Once a year: %(days)s"),
    }.get(line.freq, "%(days)s")
    text = words % {"days": days or _("not said which days"), "every": every}
    return text[:1].upper() + text[1:]


def _weekday_words(part: str) -> str:
    code, ordinal = part[-2:], part[:-2].lstrip("+")
    if code not in WEEK:
        return part
    name = str(WEEKDAYS[WEEK.index(code)])
    if not ordinal:
        return name
    return _("%(ordinal)s %(weekday)s") % {"ordinal": ORDINALS.get(ordinal, ordinal), "weekday": name}


def _holiday(line: Hours) -> HoursRow | None:
    days = _holiday_days(line)
    if not days or not (line.closed or line.is_known):
        return None
    return HoursRow(days, (_("Closed") if line.closed else _span(*_ends(line)),), _("holiday"))


def _holiday_days(line: Hours) -> str:
    if line.yearly:
        first, last = (_month_day(each) for each in line.yearly)
    elif line.valid_from:
        first, last = day(line.valid_from), day(line.valid_to or line.valid_from)
    else:
        return ""
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _month_day(words: str) -> str:
    """ "12-25" as "25 Dec"; any leap year will do."""
    month, _dash, number = words.partition("-")
    return formats.date_format(date(2024, int(month), int(number)), _("j M"))
