"""Who of the sending organization follows a referral: its sender, until it is handed over."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from waypost.kernel.actors import Actor
from waypost.referrals.models import Referral

OVER = ("completed", "rejected", "cancelled", "failed", "entered-in-error")


def referrals_kept_by(actor: Actor, user_id: UUID) -> int:
    """How many open referrals of the acting organization this member follows."""
    return _open(actor, user_id).count()


def who_keeps_referrals(actor: Actor) -> set[UUID]:
    """Every member, present or former, who follows an open referral of the acting organization."""
    rows = Referral.objects.filter(held_by_id=actor.organization).exclude(status__in=OVER)
    keepers = rows.annotate(keeper=Coalesce("kept_by_id", "created_by_id")).order_by()
    return {each for each in keepers.values_list("keeper", flat=True).distinct() if each}


def people_in_referrals_of(actor: Actor, user_id: UUID, people: Collection[UUID]) -> set[UUID]:
    """Which of these people have an open referral that this member follows."""
    rows = _open(actor, user_id).filter(person_id__in=people).order_by()
    return set(rows.values_list("person_id", flat=True).distinct())


def hand_over_referrals(*, actor: Actor, user_id: UUID, to_id: UUID, but: Collection[UUID] = ()) -> None:
    """Let a colleague follow them: notices go there from now on; who sent them stays written.

    ``but``: people whose referrals stay, for they want the colleague kept out.
    """
    _open(actor, user_id).exclude(person_id__in=but).update(kept_by_id=to_id)


def _open(actor: Actor, user_id: UUID) -> QuerySet[Referral]:
    kept = Q(kept_by_id=user_id) | Q(kept_by__isnull=True, created_by_id=user_id)
    return Referral.objects.filter(kept, held_by_id=actor.organization).exclude(status__in=OVER)
