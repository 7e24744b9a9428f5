"""Choices and states of what the privacy officer looks after, in words."""

from django.utils.translation import gettext as _

from waypost.guarding.machine import (
    ACCEPTED,
    ASKED,
    ASSESSED,
    CLOSED,
    DENIED,
    DISPUTED,
    ENDED,
    HANDED,
    IN_HAND,
    JUSTIFIED,
    LOOKED_INTO,
    MADE,
    MAKING,
    NOT_JUSTIFIED,
    NOTHING,
    OPEN,
    REPORTED,
    TAKEN_IN,
    TOLD,
    WITHDRAWN,
)
from waypost.guarding.models import DemandKind, DenialReason, EmergencyReason, IncidentSource


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


def incident_status(status: str, *, late: bool) -> tuple[str, str]:
    """How an incident stands: the kind of its tag, and the words."""
    if late:
        return ("stop", _("Late"))
    return {
        REPORTED: ("stop", _("New")),
        LOOKED_INTO: ("wait", _("Being looked into")),
        ASSESSED: ("wait", _("Assessed")),
        TOLD: ("info", _("People were told")),
        CLOSED: ("plain", _("Closed")),
    }[status]


def demand_status(status: str) -> tuple[str, str]:
    """How a legal demand stands."""
    return {
        TAKEN_IN: ("stop", _("New")),
        IN_HAND: ("wait", _("In hand")),
        CLOSED: ("plain", _("Closed")),
    }[status]


def step_name(name: str) -> str:
    """What was done, in words."""
    return {
        "look_into": _("took it up"),
        "assess": _("weighed the risk"),
        "tell": _("told the people"),
        "close": _("closed it"),
        "reopen": _("opened it again"),
        "take": _("has it in hand"),
    }.get(name, name)


def demand_kind_choices() -> list[tuple[str, str]]:
    """What may come."""
    return [(each.value, str(each.label)) for each in DemandKind]


def incident_source_choices() -> list[tuple[str, str]]:
    """Who may notice; reviews come by themselves."""
    return [(each.value, str(each.label)) for each in IncidentSource if each != IncidentSource.EMERGENCY]


def amendment_status(status: str, *, late: bool) -> tuple[str, str]:
    """How a request to correct the record stands."""
    if late:
        return ("stop", _("Late"))
    return {
        ASKED: ("wait", _("To be answered")),
        ACCEPTED: ("good", _("Corrected")),
        DENIED: ("plain", _("Denied")),
        DISPUTED: ("info", _("Denied, and the person disagrees")),
    }[status]


def denial_choices() -> list[tuple[str, str]]:
    """Why a correction may be denied."""
    return [(each.value, str(each.label)) for each in DenialReason]


def not_justified() -> str:
    """What an incident says that came of the review of an emergency access, to whoever reads it."""
    return _("An emergency access was found not justified. See its review.")
