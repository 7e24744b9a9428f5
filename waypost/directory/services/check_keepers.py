"""Checks of listings that somebody has in hand: how many, and over to a colleague."""

from uuid import UUID

from waypost.directory.models import CheckDue
from waypost.kernel.actors import Actor


def checks_in_hand_of(actor: Actor, user_id: UUID) -> int:
    """How many listings this member of the acting organization has in hand."""
    return CheckDue.objects.filter(in_hand_of_id=actor.organization, in_hand_user_id=user_id).count()


def hand_over_checks(*, actor: Actor, user_id: UUID, to_id: UUID) -> None:
    """Let a colleague make these checks."""
    rows = CheckDue.objects.filter(in_hand_of_id=actor.organization, in_hand_user_id=user_id)
    rows.update(in_hand_user_id=to_id)
