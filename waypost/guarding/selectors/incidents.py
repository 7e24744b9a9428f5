"""Reading incidents and legal demands of one's own organization, with their steps."""

from uuid import UUID

from waypost.guarding import machine
from waypost.guarding.cards import DemandCard, IncidentCard, StepCard
from waypost.guarding.models import Demand, Incident, Step
from waypost.guarding.words import not_justified
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible

PAGE = 50


def incidents(actor: Actor, *, show: str = "", page: int = 1) -> tuple[list[IncidentCard], int]:
    """Open ones, the soonest due first; or all, newest first."""
    rows = Incident.objects.filter(held_by_id=actor.organization)
    if show == "all":
        rows = rows.order_by("-reported_at")
    else:
        rows = rows.exclude(status=machine.CLOSED).order_by("due_on")
    start = (max(page, 1) - 1) * PAGE
    return [_incident(row) for row in rows[start : start + PAGE]], rows.count()


def incidents_waiting(actor: Actor) -> int:
    """How many are open."""
    return Incident.objects.filter(held_by_id=actor.organization).exclude(status=machine.CLOSED).count()


def incident(actor: Actor, incident_id: UUID) -> IncidentCard:
    """One; raises NotVisible."""
    row = Incident.objects.filter(pk=incident_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return _incident(row, steps(row.id))


def demands(actor: Actor, *, show: str = "", page: int = 1) -> tuple[list[DemandCard], int]:
    """Open ones, oldest first; or all, newest first."""
    rows = Demand.objects.filter(held_by_id=actor.organization)
    if show == "all":
        rows = rows.order_by("-taken_at")
    else:
        rows = rows.exclude(status=machine.CLOSED).order_by("taken_at")
    start = (max(page, 1) - 1) * PAGE
    return [_demand(row) for row in rows[start : start + PAGE]], rows.count()


def demands_waiting(actor: Actor) -> int:
    """How many are not closed."""
    return Demand.objects.filter(held_by_id=actor.organization).exclude(status=machine.CLOSED).count()


def demand(actor: Actor, demand_id: UUID) -> DemandCard:
    """One; raises NotVisible."""
    row = Demand.objects.filter(pk=demand_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return _demand(row, steps(row.id))


def steps(subject_id: UUID) -> tuple[StepCard, ...]:
    """What was done, newest first."""
    rows = Step.objects.filter(subject_id=subject_id).order_by("-at", "-id")
    return tuple(StepCard(row.name, row.words, row.actor_name, row.at) for row in rows)


def _incident(row: Incident, done: tuple[StepCard, ...] = ()) -> IncidentCard:
    return IncidentCard(
        id=row.id,
        reference=row.reference,
        source_name=row.get_source_display(),
        words=not_justified() if row.emergency_id else row.words,
        happened_on=row.happened_on,
        discovered_on=row.discovered_on,
        due_on=row.due_on,
        reported_by_name=row.reported_by_name,
        reported_at=row.reported_at,
        emergency_id=row.emergency_id,
        status=row.status,
        nature=row.nature,
        who=row.who,
        acquired=row.acquired,
        mitigated=row.mitigated,
        low_risk=row.low_risk,
        people=row.people,
        told_on=row.told_on,
        late=row.told_on is None and row.status != machine.CLOSED and row.due_on < today(),
        moves=tuple(each.name for each in machine.INCIDENT.moves(row.status, machine.OFFICER)),
        steps=done,
    )


def _demand(row: Demand, done: tuple[StepCard, ...] = ()) -> DemandCard:
    return DemandCard(
        id=row.id,
        reference=row.reference,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        at_the_door=row.at_the_door,
        asked_by=row.asked_by,
        asked_for=row.asked_for,
        answer_by=row.answer_by,
        taken_by_name=row.taken_by_name,
        taken_at=row.taken_at,
        status=row.status,
        moves=tuple(each.name for each in machine.DEMAND.moves(row.status, machine.OFFICER)),
        steps=done,
    )
