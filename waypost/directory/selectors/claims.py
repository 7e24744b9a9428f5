"""Reading claims: one's own, and the queue of the network's staff."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from waypost.directory.claim_links import Link, link_token
from waypost.directory.machine import OPEN, PROVEN, PROVING, REVIEW
from waypost.directory.models import Claim, ClaimWay, Organization
from waypost.directory.selectors.proof import Offered, proof_offered
from waypost.kernel.errors import NotVisible

# Those that wait for the network's staff.
WAITING = Q(status__in=[REVIEW, PROVEN]) | Q(status=PROVING, way=ClaimWay.PHONE)


@dataclass(frozen=True, slots=True)
class ClaimMove:
    """One line of a claim's history."""

    name: str
    at: datetime
    actor_name: str
    words: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim. ``keeper_id``: who keeps the listing now; ``contact``: the number, or where the link went."""

    id: UUID
    reference: str
    organization_id: UUID
    organization_name: str
    is_victim_service: bool
    keeper_id: UUID | None
    participant_id: UUID
    user_name: str
    status: str
    way: str
    contact: str
    words: str
    disputed: bool
    code_expires_at: datetime | None
    code_tries: int
    codes_made: int
    asked_at: datetime
    decided_by: str
    decision_words: str


@dataclass(frozen=True, slots=True)
class Claimable:
    """A listed organization that somebody looks for, and how many services are listed for it."""

    id: UUID
    name: str
    services: int
    claimed_by: UUID | None


def claim(claim_id: UUID) -> ClaimCard:
    """One claim. Raises NotVisible where there is none."""
    row = _rows().filter(pk=claim_id).first()
    if row is None:
        raise NotVisible
    return _card(row)


def claim_history(claim_id: UUID) -> tuple[ClaimMove, ...]:
    """What happened, the newest first."""
    row = Claim.objects.filter(pk=claim_id).first()
    if row is None:
        raise NotVisible
    return tuple(
        ClaimMove(each.name, each.at, each.actor_name, each.words)
        for each in row.events.order_by("-at", "-id")
    )


def claim_offer(claim_id: UUID) -> Offered:
    """What may prove this claim."""
    row = Claim.objects.get(pk=claim_id)
    return proof_offered(row.organization_id, row.participant_id)


def own_claims(participant_id: UUID) -> list[ClaimCard]:
    """Of one participant: the open ones first."""
    first = Case(When(status__in=OPEN, then=Value(0)), default=Value(1))
    return [
        _card(each) for each in _rows().filter(participant_id=participant_id).order_by(first, "-asked_at")
    ]


def claims(*, waiting: bool, page: int = 1, size: int = 20) -> tuple[list[ClaimCard], int]:
    """The queue, oldest first, or all the others, newest first; a page, and how many there are."""
    rows = _rows().filter(WAITING) if waiting else _rows().exclude(WAITING)
    ordered = rows.order_by("asked_at" if waiting else "-asked_at", "id")
    return [_card(each) for each in ordered[(page - 1) * size : page * size]], rows.count()


def claimable(words: str, *, but: UUID) -> list[Claimable]:
    """Listed organizations whose name holds the words, those that begin with them first; 20 at most."""
    said = " ".join(words.replace("\x00", "").split())[:100]
    if not said:
        return []
    begins = Case(When(name__istartswith=said, then=Value(0)), default=Value(1))
    rows = (
        Organization.objects.filter(hidden_why="", name__icontains=said)
        .filter(Q(claimed_by__isnull=True) | ~Q(claimed_by_id=but))
        .annotate(number=Count("services", filter=Q(services__hidden_why="")))
        .order_by(begins, "name", "id")[:20]
    )
    return [Claimable(row.id, row.name, row.number, row.claimed_by_id) for row in rows]


def claim_mail(claim_id: UUID) -> tuple[str, str, str, str] | None:
    """Address, token, listing's name and reference for the one link that is out; None where none is."""
    row = _rows().filter(pk=claim_id, status=PROVING, way=ClaimWay.EMAIL).first()
    if row is None or not row.link_key:
        return None
    return row.contact, link_token(Link(row.id, row.link_key)), row.organization.name, row.reference


def _rows() -> QuerySet[Claim]:
    return Claim.objects.select_related("organization")


def _card(row: Claim) -> ClaimCard:
    return ClaimCard(
        id=row.id,
        reference=row.reference,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        is_victim_service=row.organization.is_victim_service,
        keeper_id=row.organization.claimed_by_id,
        participant_id=row.participant_id,
        user_name=row.user_name,
        status=row.status,
        way=row.way,
        contact=row.contact,
        words=row.words,
        disputed=row.disputed,
        code_expires_at=row.code_expires_at,
        code_tries=row.code_tries,
        codes_made=row.codes_made,
        asked_at=row.asked_at,
        decided_by=row.decided_by,
        decision_words=row.decision_words,
    )
