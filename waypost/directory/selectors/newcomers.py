"""People without an account who asked for a listing: read by the network's staff alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from waypost.directory.choices import NewcomerStatus
from waypost.directory.claim_links import Link, newcomer_token
from waypost.directory.models import ClaimWay, Newcomer, NewcomerPerson
from waypost.directory.selectors.proof import Offered, proof_offered
from waypost.kernel.errors import NotVisible

MOST = 200


@dataclass(frozen=True, slots=True)
class NewcomerCard:
    """A request with whoever made it. ``to_call``: it waits for a call to the listed number."""

    id: UUID
    reference: str
    organization_id: UUID
    organization_name: str
    kept: bool
    way: str
    status: str
    asked_at: datetime
    proved_at: datetime | None
    decided_by: str
    name: str
    role: str
    email: str
    phone: str
    words: str
    answer: str
    language: str

    @property
    def to_call(self) -> bool:
        """Whether somebody has to ring the listed number."""
        return self.status == NewcomerStatus.ASKED and self.way == ClaimWay.PHONE

    @property
    def open(self) -> bool:
        """Whether nobody has answered."""
        return self.status in (NewcomerStatus.ASKED, NewcomerStatus.PROVED)

    @property
    def may_come_in(self) -> bool:
        """Whether enough is known to let them in."""
        return self.open and (self.way == ClaimWay.REVIEW or self.status == NewcomerStatus.PROVED)


_OURS = Q(newcomer__status=NewcomerStatus.PROVED) | Q(
    newcomer__status=NewcomerStatus.ASKED, newcomer__way__in=(ClaimWay.PHONE, ClaimWay.REVIEW)
)


def newcomers(*, waiting: bool) -> list[NewcomerCard]:
    """Those that wait for the staff, the oldest first; or the others, newest first."""
    rows = _rows().filter(_OURS) if waiting else _rows().exclude(_OURS)
    order = "newcomer__asked_at" if waiting else "-newcomer__asked_at"
    return [_card(each) for each in rows.order_by(order)[:MOST]]


def waiting_newcomers() -> int:
    """How many wait for the staff."""
    return NewcomerPerson.objects.filter(_OURS).count()


def newcomer(newcomer_id: UUID) -> NewcomerCard:
    """One of them. Raises NotVisible where it is held by others."""
    row = _rows().filter(pk=newcomer_id).first()
    if row is None:
        raise NotVisible
    return _card(row)


def newcomer_offer(organization_id: UUID) -> Offered:
    """What the listing itself offers as proof to somebody who takes no part yet."""
    return proof_offered(organization_id, None)


def newcomer_token_of(newcomer_id: UUID) -> str:
    """What stands in the address of the one link that is out; '' where none is wanted any more."""
    row = Newcomer.objects.filter(pk=newcomer_id, status=NewcomerStatus.ASKED).exclude(link_key="").first()
    return newcomer_token(Link(row.id, row.link_key)) if row else ""


def _rows() -> QuerySet[NewcomerPerson]:
    return NewcomerPerson.objects.select_related("newcomer__organization")


def _card(row: NewcomerPerson) -> NewcomerCard:
    asked = row.newcomer
    return NewcomerCard(
        id=asked.id,
        reference=asked.reference,
        organization_id=asked.organization_id,
        organization_name=asked.organization.name,
        kept=asked.organization.claimed_by_id is not None,
        way=asked.way,
        status=asked.status,
        asked_at=asked.asked_at,
        proved_at=asked.proved_at,
        decided_by=asked.decided_by,
        name=row.name,
        role=row.role,
        email=row.email,
        phone=row.phone,
        words=row.words,
        answer=row.answer,
        language=row.language,
    )
