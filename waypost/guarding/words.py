"""Choices and states of what the privacy officer looks after, in words."""

from django.utils.translation import gettext as _

from waypost.guarding.machine import ENDED, JUSTIFIED, NOT_JUSTIFIED, NOTHING, OPEN
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
