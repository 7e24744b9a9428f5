"""What an organization asks of its members at the door."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.models import Organization

AHEAD = timedelta(days=366)


def ask_for_second_step(*, actor: Actor, organization_id: UUID, from_day: date | None) -> None:
    """From a day on, nobody works here with a password alone; None: it is left to each member."""
    if from_day is not None and not today() <= from_day <= today() + AHEAD:
        raise Refused(_("Choose today or a day in the next year."), field="from_day")
    rows = Organization.objects.filter(pk=organization_id, active=True)
    if not rows.exists():
        raise NotVisible
    rows.update(second_step_from=from_day)
    audit.record(
        "network.second_step",
        actor=actor,
        subject_type="organization",
        subject_ids=[organization_id],
        from_day=from_day,
    )
