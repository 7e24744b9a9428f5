"""What somebody typed into a form that is not taken any more: shown back, so that it can be copied."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from waypost.referrals.choices import Fact, Reason

MOST = 20
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Typed:
    """One field: its label and what it held."""

    label: str
    text: str


def typed(request: HttpRequest) -> list[Typed]:
    """The words, dates and choices of this form, in the order in which they stood; nothing of a reading.

    Only fields that a person fills in by hand are known here; names, ids and tokens are not repeated.
    """
    if request.method != "POST":
        return []
    labels = _labels()
    found = [
        Typed(labels[name], _shown(name, value[:LONGEST]))
        for name, values in request.POST.lists()
        if name in labels
        for value in values
        if isinstance(value, str) and value.strip()
    ]
    return found[:MOST]


def _labels() -> dict[str, str]:
    return {
        "fact": _("What happened?"),
        "why": _("Why?"),
        "reason": _("Why?"),
        "scheduled_for": _("Day and time"),
        "words": _("In a few words"),
        "note": _("In a few words"),
        "words_to_recipient": _("Your words to them"),
    }


def _shown(name: str, value: str) -> str:
    if name == "fact" and value in Fact.values:
        return str(Fact(value).label)
    if name in {"why", "reason"} and value in Reason.values:
        return str(Reason(value).label)
    return value.replace("T", " ") if name == "scheduled_for" else value
