"""Reports of faults: for those who answer them, and for the one who reported."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from waypost.directory.models import Fault
from waypost.directory.services.faults import key_hash
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may


@dataclass(frozen=True, slots=True)
class FaultCard:
    """A report as staff see it; ``words`` were typed by a stranger and are shown to staff only."""

    id: UUID
    reference: str
    service_id: UUID
    service_name: str
    organization_name: str
    kind: str
    words: str
    reported_at: datetime
    said_by: str
    doubted: bool
    open: bool
    outcome: str
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class FaultPage:
    """A report as its sender may read it: what came of it, and none of the words."""

    reference: str
    service_id: UUID
    service_name: str
    kind: str
    reported_at: datetime
    outcome: str
    answer: str
    answered_at: datetime | None
    listed: bool


def faults(
    actor: Actor, *, open_ones: bool = True, kind: str = "", page: int = 1, size: int = 50
) -> tuple[list[FaultCard], int]:
    """Reports that this actor may answer, or that were answered; those about closing come first."""
    rows = _mine(actor).filter(answered_at__isnull=open_ones)
    if kind:
        rows = rows.filter(kind=kind)
    start = (page - 1) * size
    doubted = F("service__doubted_at").desc(nulls_last=True)
    ordered = (
        rows.order_by(doubted, "reported_at", "id") if open_ones else rows.order_by("-answered_at", "id")
    )
    return [_card(row) for row in ordered[start : start + size]], rows.count()


def fault(actor: Actor, fault_id: UUID) -> FaultCard:
    """One report. Raises NotVisible where this actor is not the one to answer it."""
    row = _mine(actor).filter(pk=fault_id).first()
    if row is None:
        raise NotVisible
    return _card(row)


def faults_of(service_id: UUID) -> list[FaultCard]:
    """The open reports about one service, oldest first."""
    rows = Fault.objects.filter(service_id=service_id, answered_at__isnull=True)
    return [_card(row) for row in _with(rows).order_by("reported_at")[:20]]


def reported(key: str) -> FaultPage:
    """What the sender may read, opened by the key that only the sender has. Raises NotVisible."""
    row = _with(Fault.objects.filter(key=key_hash(key))).first()
    if row is None:
        raise NotVisible
    return FaultPage(
        reference=row.reference,
        service_id=row.service_id,
        service_name=row.service.name,
        kind=row.kind,
        reported_at=row.reported_at,
        outcome=row.outcome,
        answer=row.answer,
        answered_at=row.answered_at,
        listed=not row.service.hidden_why,
    )


def _mine(actor: Actor) -> QuerySet[Fault]:
    """Of listings that nobody looks after, or that one's own organization does; the integrator sees all."""
    rows = _with(Fault.objects.filter(service__hidden_why=""))
    if may(actor.role, Action.SEE_NETWORK):
        return rows
    claimed = Q(service__organization__claimed_by=actor.organization)
    if may(actor.role, Action.CHECK_LISTING):
        claimed |= Q(service__organization__claimed_by__isnull=True)
    return rows.filter(claimed)


def _with(rows: QuerySet[Fault]) -> QuerySet[Fault]:
    return rows.select_related("service__organization", "answered_by", "said_by")


def _card(row: Fault) -> FaultCard:
    return FaultCard(
        id=row.id,
        reference=row.reference,
        service_id=row.service_id,
        service_name=row.service.name,
        organization_name=row.service.organization.name,
        kind=row.kind,
        words=row.words,
        reported_at=row.reported_at,
        said_by=row.said_by.name if row.said_by else "",
        doubted=row.service.doubted_at is not None,
        open=row.answered_at is None,
        outcome=row.outcome,
        answer=row.answer,
        answered_by=row.answered_by.name if row.answered_by else "",
        answered_at=row.answered_at,
    )
