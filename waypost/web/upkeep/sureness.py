"""How sure we are of a listing: a sentence for everybody, a line for each field for those who work here."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.selectors import FieldState, ServiceOutcomes, field_states, service_outcomes
from waypost.kernel.actors import Actor
from waypost.network.roles import Action, may
from waypost.web.upkeep.field_words import FieldLine, days_ago, field_lines, field_names


@dataclass(frozen=True, slots=True)
class Sureness:
    """``lines`` and ``outcomes`` are for staff.

    ``may_check``: whether to offer the page for a call; ``may_keep``: that of the organization in the upkeep.
    """

    sentence: str
    lines: list[FieldLine]
    outcomes: ServiceOutcomes | None
    may_check: bool
    may_keep: bool


def sureness(service_id: UUID, actor: Actor | None) -> Sureness:
    """Read what is known of each field."""
    states = field_states(service_id)
    staff = actor is not None
    return Sureness(
        sentence=_sentence(states),
        lines=field_lines(states) if staff else [],
        outcomes=service_outcomes(service_id) if staff else None,
        may_check=actor is not None and may(actor.role, Action.CHECK_LISTING),
        may_keep=actor is not None and may(actor.role, Action.KEEP_DIRECTORY),
    )


def _sentence(states: tuple[FieldState, ...]) -> str:
    """ "Somebody made sure of this 3 days ago: Phone, Hours."; nothing where no field was confirmed."""
    confirmed = [each for each in states if each.confirmed_on]
    names = field_names(each.field for each in confirmed)
    newest = max((each.confirmed_on for each in confirmed if each.confirmed_on), default=None)
    if newest is None or not names:
        return ""
    return _("Somebody made sure of this %(when)s: %(fields)s.") % {"when": days_ago(newest), "fields": names}
