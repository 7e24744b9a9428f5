"""Codes of this room in plain words, and the lists for forms."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waypost.kernel.errors import Refused
from waypost.screening.categories import NEEDS, category_name
from waypost.screening.models import Mode, Source, Status, WantsHelp
from waypost.screening.rules import Fault

FAULTS = {
    "empty": gettext_lazy("Nothing was answered yet. Answer at least one question."),
    "unknown": gettext_lazy("This question does not belong to the form. Open the form again."),
    "required": gettext_lazy("This question needs an answer."),
    "one_only": gettext_lazy("Choose one answer only."),
    "option": gettext_lazy("Choose one of the answers of the list."),
    "number": gettext_lazy("Enter a number, such as 3 or 2.5."),
    "whole_number": gettext_lazy("Enter a whole number, such as 3."),
    "date": gettext_lazy("Enter a date, such as 2026-12-03."),
    "alone_only": gettext_lazy(
        "Safety questions are asked in a conversation, alone with the person. Leave this empty."
    ),
}


class AnswersRefused(Refused):
    """Answers that cannot be kept as they are; ``faults``: (linkId, message) in the order of the form."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        self.faults = tuple((each.link_id, fault_words(each)) for each in found)
        first = self.faults[0]
        super().__init__(first[1], field=first[0] or None)


def fault_words(fault: Fault) -> str:
    """What is wrong with an answer, and what to do."""
    if fault.code == "too_long":
        return too_long(fault.limit)
    return str(FAULTS[fault.code])


def too_long(limit: int) -> str:
    """Says how long a text may be."""
    return ngettext(
        "This is too long. Up to %(limit)d character can be kept.",
        "This is too long. Up to %(limit)d characters can be kept.",
        limit,
    ) % {"limit": limit}


def wants_help_name(code: str) -> str:
    """Whether help is wanted."""
    return str(WantsHelp(code).label)


def status_name(code: str) -> str:
    """How it stands with a need."""
    return str(Status(code).label)


def mode_name(code: str) -> str:
    """How the questions were asked."""
    return str(Mode(code).label)


def source_name(code: str) -> str:
    """Where a need comes from."""
    return str(Source(code).label)


def move_words(move: str) -> str:
    """What happened to a need, as the end of "Ana Reyes ...: food"."""
    return {
        "find": _("found a need"),
        "hear_again": _("heard of it again"),
        "meet": _("noted that it is met, for now"),
        "withdraw": _("noted that help is no longer wanted"),
        "leave_unmet": _("noted that it could not be met"),
        "reopen": _("opened it again"),
        "change": _("changed what was noted"),
    }[move]


def category_choices() -> list[tuple[str, str]]:
    """Needs to choose from."""
    return [(code, category_name(code)) for code in NEEDS]


def wants_help_choices() -> list[tuple[str, str]]:
    """Answers to "do you want help with it?"."""
    return [(each.value, str(each.label)) for each in WantsHelp if each is not WantsHelp.UNKNOWN]


def mode_choices() -> list[tuple[str, str]]:
    """Ways of asking."""
    return [(each.value, str(each.label)) for each in Mode]
