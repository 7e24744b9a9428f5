"""Opening hours as lines of a form, and back: what a line cannot say stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.directory.rules import Hours
from waypost.directory.rules.hours import WEEK
from waypost.kernel.clock import today

EVERY_WEEK, SECOND_WEEK = "", "2w"
OF_MONTH = ("1", "2", "3", "4", "-1")
LEAP_DAY = "02-29"
APPOINTMENT = "by appointment"
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """A listing's hours by how they are edited; ``others`` are shown, and kept or taken out whole."""

    week: tuple[Hours, ...]
    special: tuple[Hours, ...]
    words: tuple[str, ...]
    others: tuple[Hours, ...]

    @property
    def by_appointment(self) -> bool:
        """Whether a line says just that."""
        return any(each.strip(" .").casefold() == APPOINTMENT for each in self.words)


def lines_of(hours: Iterable[Hours]) -> Lines:
    """Part them; what is over is left out."""
    week: list[Hours] = []
    special: list[Hours] = []
    words: list[str] = []
    others: list[Hours] = []
    for line in hours:
        if any(end is not None and end < today() for end in (line.until, line.valid_to)):
            continue
        if line.holiday:
            (special if _is_special(line) else others).append(line)
        elif _is_weekly(line):
            week.append(line)
        elif line.words and not line.is_known and not line.closed and not line.byday:
            words.append(line.words)
        else:
            others.append(line)
    return Lines(tuple(week), tuple(special), tuple(dict.fromkeys(words)), tuple(others))


def week_line(line: Hours) -> Line:
    """The fields of a line of the week."""
    parts = _parts(line)
    rhythm = SECOND_WEEK if line.interval not in (None, 1) else parts[0][:-2].lstrip("+")
    return {
        "days": [part[-2:] for part in parts],
        "opens": line.opens_at,
        "closes": line.closes_at,
        "rhythm": rhythm,
        "starts": line.valid_from or line.dtstart,
        "ends": line.valid_to or line.until,
        "note": line.words,
    }


def week_hours(given: Line, before: Hours | None = None) -> Hours:
    """The hours that a line of the week says; ``before`` keeps its own clocks."""
    rhythm, starts = given["rhythm"], given["starts"]
    ordinal = rhythm if rhythm in OF_MONTH else ""
    days = [code for code in WEEK if code in given["days"]]
    second = rhythm == SECOND_WEEK
    return Hours(
        opens_at=given["opens"],
        closes_at=given["closes"],
        freq="MONTHLY" if ordinal else "WEEKLY",
        byday=",".join(f"{ordinal}{code}" for code in days),
        interval=2 if second else None,
        dtstart=starts if second else None,
        valid_from=None if second else starts,
        valid_to=given["ends"],
        timezone=before.timezone if before else "",
        words=given["note"].strip(),
    )


def special_line(line: Hours) -> Line:
    """The fields of a holiday, or of other days that differ."""
    first, last = line.valid_from, line.valid_to
    if line.yearly:
        first, last = (_in_this_year(each) for each in line.yearly)
        if last < first:  # over the turn of the year
            last = _in_this_year(line.yearly[1], later=1)
    return {
        "first": first,
        "last": None if last == first else last,
        "every_year": bool(line.yearly),
        "kind": "closed" if line.closed else "open",
        "opens": line.opens_at,
        "closes": line.closes_at,
        "note": line.words,
    }


def special_hours(given: Line, before: Hours | None = None) -> Hours:
    """The exception that such a line says."""
    first, last = given["first"], given["last"] or given["first"]
    closed = given["kind"] != "open"
    yearly = (f"{first:%m-%d}", f"{last:%m-%d}") if given["every_year"] else None
    return Hours(
        opens_at=None if closed else given["opens"],
        closes_at=None if closed else given["closes"],
        valid_from=None if yearly else first,
        valid_to=None if yearly else last,
        timezone=before.timezone if before else "",
        holiday=True,
        closed=closed,
        yearly=yearly,
        words=given["note"].strip(),
    )


def _is_weekly(line: Hours) -> bool:
    """Days of the week at known hours: every week, every second, or the first to last of a month."""
    limits = (line.bymonthday, line.byweekno, line.byyearday, line.count)
    if any(limits) or line.closed or not line.is_known or not line.byday or _says_twice(line):
        return False
    parts = _parts(line)
    ordinals = {part[:-2].lstrip("+") for part in parts}
    if any(part[-2:] not in WEEK for part in parts) or len(ordinals) != 1:
        return False
    ordinal = ordinals.pop()
    if line.freq == "MONTHLY":
        return ordinal in OF_MONTH and line.interval in (None, 1)
    if line.freq not in ("", "WEEKLY") or ordinal:
        return False
    return line.interval in (None, 1) or (line.interval == 2 and line.dtstart is not None)  # noqa: PLR2004


def _says_twice(line: Hours) -> bool:
    """Whether its limits differ by which standard they are read."""
    pairs = ((line.valid_from, line.dtstart), (line.valid_to, line.until))
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _is_special(line: Hours) -> bool:
    plain = not (line.freq or line.byday or line.dtstart or line.until)
    dated = bool(line.yearly) or line.valid_from is not None
    return plain and dated and (line.closed or line.is_known)


def _parts(line: Hours) -> list[str]:
    return [part.strip() for part in line.byday.split(",") if part.strip()]


def _in_this_year(words: str, *, later: int = 0) -> date:
    month, _dash, number = words.partition("-")
    year = today().year + later
    if words == LEAP_DAY:
        year += -year % 4
    return date(year, int(month), int(number))
