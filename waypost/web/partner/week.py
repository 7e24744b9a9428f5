"""Opening hours of a week as form fields: one opening a day; what is more complicated is kept as it is."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from waypost.directory.rules import Hours
from waypost.directory.rules.hours import WEEK
from waypost.directory.rules.schedule import weekly
from waypost.kernel.clock import today


@dataclass(frozen=True, slots=True)
class Week:
    """Hours by weekday (0 is Monday), words alone, and the lines that a week cannot say."""

    days: dict[int, tuple[time, time]]
    words: str
    others: tuple[Hours, ...]


def week_of(lines: tuple[Hours, ...]) -> Week:
    """Part a listing's hours; what is over is left out. Of two openings a day the first is the week's."""
    days: dict[int, tuple[time, time]] = {}
    words, others = [], []
    for line in sorted(lines, key=lambda line: line.opens_at or time.min):
        if any(end is not None and end < today() for end in (line.until, line.valid_to)):
            continue
        weekdays = _weekdays(line)
        if weekdays and not any(day in days for day in weekdays) and line.opens_at and line.closes_at:
            days |= dict.fromkeys(weekdays, (line.opens_at, line.closes_at))
        elif line.words and not line.is_known and not line.holiday:
            words.append(line.words)
        else:
            others.append(line)
    return Week(days, "\n".join(dict.fromkeys(words)), tuple(others))


def _weekdays(line: Hours) -> list[int]:
    """The days of a line that is the same every week, for good; else none."""
    limits = (line.valid_from, line.valid_to, line.dtstart, line.until, line.count)
    special = (line.holiday, line.bymonthday, line.byweekno, line.byyearday, line.words, *limits)
    if any(special) or line.freq not in ("", "WEEKLY") or line.interval not in (None, 1) or not line.byday:
        return []
    parts = [part.strip() for part in line.byday.split(",")]
    return [WEEK.index(part) for part in parts] if all(part in WEEK for part in parts) else []


def initial(week: Week) -> dict[str, Any]:
    """First values of the fields."""
    values: dict[str, Any] = {"hours_words": week.words}
    for number, (opens, closes) in week.days.items():
        values |= {f"opens_{number}": opens, f"closes_{number}": closes}
    return values


def fields() -> dict[str, forms.Field]:
    """Fourteen fields: opens and closes, a day."""
    found: dict[str, forms.Field] = {}
    for number in range(len(WEEK)):
        for name, label in (("opens", _("%(day)s, opens")), ("closes", _("%(day)s, closes"))):
            words = label % {"day": WEEKDAYS[number]}
            widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "aria-label": words})
            wrong = _("Write a time like 9:00 or 17:30.")
            formats = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I:%M%p", "%I%p"]
            found[f"{name}_{number}"] = forms.TimeField(
                label=words,
                required=False,
                widget=widget,
                input_formats=formats,
                error_messages={"invalid": wrong},
            )
    return found


def problems(values: dict[str, Any]) -> dict[str, str]:
    """A day with only one end, by the field that is missing."""
    found = {}
    for number in range(len(WEEK)):
        opens, closes = values.get(f"opens_{number}"), values.get(f"closes_{number}")
        if (opens is None) != (closes is None):
            missing = f"opens_{number}" if opens is None else f"closes_{number}"
            found[missing] = _("Give both times, or leave both empty on a day when you are closed.")
    return found


def entries(values: dict[str, Any], others: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """The week as it is to be stored: days with the same hours together, then words, then the rest."""
    by_hours: dict[tuple[time, time], list[str]] = {}
    for number, code in enumerate(WEEK):
        opens, closes = values.get(f"opens_{number}"), values.get(f"closes_{number}")
        if opens is not None and closes is not None:
            by_hours.setdefault((opens, closes), []).append(code)
    week = [weekly(",".join(codes), opens, closes) for (opens, closes), codes in by_hours.items()]
    words = [Hours(words=each.strip()) for each in values["hours_words"].splitlines()]
    return (*week, *(each for each in words if each.words), *others)
