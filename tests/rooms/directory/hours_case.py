"""Cases of opening hours, a row each: what the source says, the schedule, a moment, and the answer.

Sources: RFC 5545 (sections named); HSDS 3.2.3 ``schedule``; the IANA time zone rules, which follow 15 USC
260a (clocks go forward on the second Sunday of March, back on the first Sunday of November); 5 USC 6103(a)
for legal holidays; words of real listings (``shared/data/communities``, listing named); pencil and calendar.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from waypost.directory.rules import Hours

OPEN, CLOSED, BY_APPOINTMENT, NOT_KNOWN = "open", "closed", "by_appointment", "not_known"
LA, CHICAGO, NEW_YORK = "America/Los_Angeles", "America/Chicago", "America/New_York"
PHOENIX, HONOLULU, ANCHORAGE = "America/Phoenix", "Pacific/Honolulu", "America/Anchorage"


@dataclass(frozen=True, slots=True)
class Case:
    """``moment`` and ``then`` (end of the opening, or start of the next) are 'YYYY-MM-DD HH:MM' in ``zone``.

    ``then`` may name its offset ('… -0700') where the clocks show an hour twice.
    """

    id: str
    source: str
    lines: tuple[Hours, ...]
    moment: str
    kind: str
    then: str = ""
    zone: str = LA


def moment(text: str, zone: str) -> datetime:
    """A wall-clock time in a zone, or a time with its offset."""
    if text[-5:-4] in "+-":
        return datetime.strptime(text, "%Y-%m-%d %H:%M %z")
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))


def line(hours: str, days: str = "", **more: object) -> Hours:
    """``line("9:00-17:00", "MO,TU")``; a missing side stays unknown."""
    opens, _dash, closes = hours.partition("-")
    return Hours(_time(opens), _time(closes), byday=days, **more)  # type: ignore[arg-type]


def _time(text: str) -> time | None:
    return time.fromisoformat(text.zfill(5)) if text else None


def closed_on(first: str, last: str = "") -> Hours:
    """A holiday on which it is closed."""
    return Hours(
        holiday=True,
        closed=True,
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(last or first),
    )


def special(hours: str, first: str, last: str = "") -> Hours:
    """Other hours on a holiday."""
    return line(
        hours, holiday=True, valid_from=date.fromisoformat(first), valid_to=date.fromisoformat(last or first)
    )


OFFICE = line("9:00-17:00", "MO,TU,WE,TH,FR")
NIGHT = line("23:00-3:00", "SA")
RFC_WEEKS = {"freq": "WEEKLY", "interval": 2, "count": 4, "dtstart": date(1997, 8, 5)}
ILLINOIS_CLOSED = line("", "SU", closed=True)
