"""Checks of listings that somebody has in hand: how many, and over to a colleague."""

from uuid import UUID

from waypost.directory.models import CheckDue
from waypost.kernel.actors import Actor


def checks_in_hand_of(actor: Actor, user_id: UUID) -> int:
    """How many listings this member of the acting organization has in hand."""
    return CheckDue.objects.filter(in_hand_of_id=actor.organization, in_hand_user_id=user_id).count()


def who_has_checks(actor: Actor) -> set[UUID]:
    """Every member, present or former, of the acting organization who has a listing in hand."""
    rows = CheckDue.objects.filter(in_hand_of_id=actor.organization, in_hand_user_id__isnull=False)
    return {each for each in rows.order_by().values_list("in_hand_user_id", flat=True).distinct() if each}


def hand_over_checks(*, actor: Actor, user_id: UUID, to_id: UUID) -> None:
    """Let a colleague make these checks."""
    rows = CheckDue.objects.filter(in_hand_of_id=actor.organization, in_hand_user_id=user_id)
    rows.update(in_hand_user_id=to_id)
