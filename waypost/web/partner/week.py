"""Opening hours of a week as form fields: one opening a day, and a second one where a form asks for it."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from waypost.directory.rules import Hours
from waypost.directory.rules.hours import WEEK
from waypost.directory.rules.schedule import weekly

SLOTS = ("", "2")  # the openings of a day: opens_0 to closes_0, and opens2_0 to closes2_0
TIMES = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I:%M%p", "%I%p"]


def fields() -> dict[str, forms.Field]:
    """Fourteen fields: opens and closes, a day."""
    return _times({"opens": _("%(day)s, opens"), "closes": _("%(day)s, closes")})


def second_fields() -> dict[str, forms.Field]:
    """Fourteen more, for days on which it closes in between."""
    return _times({"opens2": _("%(day)s, opens again"), "closes2": _("%(day)s, closes again")})


def _times(labels: dict[str, str]) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for number in range(len(WEEK)):
        for name, label in labels.items():
            words = label % {"day": WEEKDAYS[number]}
            widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "aria-label": words})
            wrong = _("Write a time like 9:00 or 17:30.")
            found[f"{name}_{number}"] = forms.TimeField(
                label=words,
                required=False,
                widget=widget,
                input_formats=TIMES,
                error_messages={"invalid": wrong},
            )
    return found


def problems(values: dict[str, Any]) -> dict[str, str]:
    """A day with only one end, by the field that is missing; a second opening inside the first."""
    found = {}
    for number in range(len(WEEK)):
        spans = [
            (values.get(f"opens{each}_{number}"), values.get(f"closes{each}_{number}")) for each in SLOTS
        ]
        for which, (opens, closes) in zip(SLOTS, spans, strict=True):
            if (opens is None) != (closes is None):
                missing = f"opens{which}_{number}" if opens is None else f"closes{which}_{number}"
                found[missing] = _("Give both times, or leave both empty on a day when you are closed.")
        if _overlap(*spans):
            found[f"opens2_{number}"] = _("It is open already at that time. Write when it opens again.")
    return found


def _overlap(first: tuple[Any, ...], second: tuple[Any, ...]) -> bool:
    """Whether two openings of one day share time; the night belongs to the day on which it begins."""
    if None in (*first, *second):
        return False
    (opens, closes), (again, _done) = sorted((first, second))
    return bool(again == opens or again < closes or closes <= opens)


def entries(values: dict[str, Any]) -> tuple[Hours, ...]:
    """The week as it is to be stored: days with the same hours together, then words."""
    by_hours: dict[tuple[time, time], list[str]] = {}
    for number, code in enumerate(WEEK):
        opens, closes = values.get(f"opens_{number}"), values.get(f"closes_{number}")
        if opens is not None and closes is not None:
            by_hours.setdefault((opens, closes), []).append(code)
    week = [weekly(",".join(codes), opens, closes) for (opens, closes), codes in by_hours.items()]
    words = [Hours(words=each.strip()) for each in values["hours_words"].splitlines()]
    return (*week, *(each for each in words if each.words))
