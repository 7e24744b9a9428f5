"""Reading changes that wait for the network's staff, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from waypost.directory.choices import PRIVATE
from waypost.directory.models import Location, Proposal, ProposalStatus, Service
from waypost.directory.models.base import Listed
from waypost.directory.values import MODELS, value_of


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A change of one field. ``now``: what the listing says today; ``old``: what it said when asked."""

    id: UUID
    reference: str
    entity: str
    row_id: UUID
    row_name: str
    organization_id: UUID
    organization_name: str
    field: str
    old: Any
    new: Any
    now: Any
    participant_id: UUID
    asked_name: str
    asked_at: datetime
    status: str
    decided_by: str
    decision_words: str

    @property
    def moved(self) -> bool:
        """Whether the listing changed since it was asked."""
        return bool(self.now != self.old)


def proposals(*, waiting: bool, page: int = 1, size: int = 20) -> tuple[list[ProposalCard], int]:
    """Those that wait, the oldest first, or the decided ones, newest first; a page, and how many."""
    rows = _rows().filter(status=ProposalStatus.WAITING) if waiting else _decided()
    ordered = rows.order_by("asked_at" if waiting else "-decided_at", "id")
    return [_card(each) for each in ordered[(page - 1) * size : page * size]], rows.count()


def own_proposals(row_id: UUID) -> list[ProposalCard]:
    """Of one service, place or organization: what waits, and the last refusals."""
    rows = _rows().filter(row_id=row_id)
    waiting = list(rows.filter(status=ProposalStatus.WAITING).order_by("asked_at"))
    refused = list(rows.filter(status=ProposalStatus.REFUSED).order_by("-decided_at")[:3])
    return [_card(each) for each in [*waiting, *refused]]


def _rows() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("organization")


def _decided() -> QuerySet[Proposal]:
    return _rows().exclude(status=ProposalStatus.WAITING)


def _card(row: Proposal) -> ProposalCard:
    """A private place is named by nothing but its organization; nothing of it was kept."""
    listed = MODELS[row.entity]._default_manager.filter(pk=row.row_id).first()
    return ProposalCard(
        id=row.id,
        reference=row.reference,
        entity=row.entity,
        row_id=row.row_id,
        row_name=_name(row, listed),
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        field=row.field,
        old=row.old,
        new=row.new,
        now=value_of(row.entity, listed, row.field) if listed and not _is_quiet(row, listed) else row.old,
        participant_id=row.participant_id,
        asked_name=row.asked_name,
        asked_at=row.asked_at,
        status=row.status,
        decided_by=row.decided_by,
        decision_words=row.decision_words,
    )


def _name(row: Proposal, listed: Listed | None) -> str:
    if isinstance(listed, Location) and listed.confidential:
        return ""
    return listed.name if isinstance(listed, Service | Location) else row.organization.name


def _is_quiet(row: Proposal, listed: Listed) -> bool:
    return isinstance(listed, Location) and listed.confidential and row.field != PRIVATE
