"""Choices and states of what the privacy officer looks after, in words."""

from django.utils.translation import gettext as _

from waypost.guarding.machine import (
    ASKED,
    ENDED,
    HANDED,
    JUSTIFIED,
    MADE,
    MAKING,
    NOT_JUSTIFIED,
    NOTHING,
    OPEN,
    WITHDRAWN,
)
from waypost.guarding.models import EmergencyReason


def emergency_reason_choices() -> list[tuple[str, str]]:
    """What may be at stake."""
    return [(each.value, str(each.label)) for each in EmergencyReason]


def emergency_status(status: str, *, live: bool) -> tuple[str, str]:
    """How an emergency access stands: the kind of its tag, and the words."""
    if status == OPEN:
        return ("stop", _("Open now")) if live else ("wait", _("Waits for review"))
    return {
        NOTHING: ("plain", _("Opened nothing")),
        ENDED: ("wait", _("Waits for review")),
        JUSTIFIED: ("good", _("Justified")),
        NOT_JUSTIFIED: ("stop", _("Not justified")),
    }[status]


def copy_status(status: str, *, late: bool) -> tuple[str, str]:
    """How a request for a copy stands: the kind of its tag, and the words."""
    if late:
        return ("stop", _("Late"))
    return {
        ASKED: ("wait", _("To be made")),
        MAKING: ("info", _("Being made")),
        MADE: ("wait", _("To be handed over")),
        HANDED: ("good", _("Handed over")),
        WITHDRAWN: ("plain", _("Not wanted any more")),
    }[status]
