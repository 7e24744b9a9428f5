"""How much each lead has in hand."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Max, Q

from waypost.coordination.cards import Workload
from waypost.coordination.models import Episode, WhoseMove
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today


def led_people(actor: Actor, user_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Whom each of these workers leads or has led: their own caseload, now or before."""
    found: dict[UUID, set[UUID]] = {}
    rows = Episode.objects.filter(held_by_id=actor.organization, lead_id__in=list(user_ids))
    for lead, person in rows.values_list("lead_id", "person_id"):
        found.setdefault(lead, set()).add(person)
    return {lead: frozenset(people) for lead, people in found.items()}


def workloads(actor: Actor) -> list[Workload]:
    """Open episodes by lead, in one query; most overdue first."""
    on = today()
    rows = (
        Episode.objects.filter(held_by_id=actor.organization, closed_at__isnull=True)
        .values("lead_id")
        .annotate(
            lead_name=Max("lead_name"),
            active=Count("id"),
            waiting=Count("id", filter=Q(whose_move=WhoseMove.PARTNER)),
            due=Count("id", filter=Q(check_back_on=on)),
            overdue=Count("id", filter=Q(check_back_on__lt=on)),
        )
        .order_by("-overdue", "lead_name", "lead_id")
    )
    return [Workload(**row) for row in rows]


def leads_of(organization_id: UUID, person_ids: Iterable[UUID]) -> list[UUID]:
    """Who leads the open episodes of these people in this organization."""
    rows = Episode.objects.filter(
        held_by_id=organization_id, person_id__in=list(person_ids), closed_at__isnull=True
    )
    return list(rows.order_by("id").values_list("lead_id", flat=True))
