"""What is due to be checked, the most urgent first."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from waypost.directory.cards import ListingCard
from waypost.directory.findings import catch_up_a_little
from waypost.directory.models import Cadence, CheckDue
from waypost.directory.selectors.listing import listings
from waypost.directory.services.checking import IN_HAND
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today

WHO = ("", "me", "team", "nobody", "ours", "later")
COUNTED = 10_000  # more than these are not counted one by one


@dataclass(frozen=True, slots=True)
class DueAsked:
    """What to show. ``who``: me, team, nobody, ours (we look after it), later; '' for all free or ours."""

    who: str = ""
    category: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class DueRow:
    """A listing that is due. ``in_hand``: ours has a name, another organization's has only its own."""

    listing: ListingCard
    due_on: date
    days: int
    reasons: tuple[str, ...]
    in_hand_user: str = ""
    in_hand_team: str = ""
    in_hand_organization: str = ""
    mine: bool = False
    ours: bool = False
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueList:
    """One page of the queue; ``total`` counts 10,000 at most."""

    rows: tuple[DueRow, ...]
    total: int

    @property
    def exact(self) -> bool:
        """Whether there are no more than were counted."""
        return self.total < COUNTED


@dataclass(frozen=True, slots=True)
class CadenceRow:
    """A cadence: the need category ('' for all others), days, from when."""

    category: str
    days: int
    valid_from: date


def due_list(*, actor: Actor, asked: DueAsked, team_id: UUID | None, page: int, size: int) -> DueList:
    """A page of what is due, the most urgent first; writes of the last moment are counted in."""
    catch_up_a_little()
    rows = _asked(actor, asked, team_id)
    start = (page - 1) * size
    found = list(
        rows.order_by("-urgency", "service_id").select_related("in_hand_of", "in_hand_team", "in_hand_user")[
            start : start + size
        ]
    )
    cards = listings([row.service_id for row in found])
    shown = tuple(_row(actor, row, cards[row.service_id]) for row in found if row.service_id in cards)
    return DueList(shown, _count(rows))


def due_counts(
    *, actor: Actor, asked: DueAsked, team_id: UUID | None, kinds: tuple[str, ...] = WHO
) -> dict[str, int]:
    """How many there are of each kind of ``who``, with the other filters as they are."""
    return {who: _count(_asked(actor, replace(asked, who=who), team_id)) for who in kinds}


def due_row(*, actor: Actor, service_id: UUID) -> DueRow | None:
    """How one service stands, whether it is due yet or not."""
    row = (
        CheckDue.objects.filter(pk=service_id)
        .select_related("in_hand_of", "in_hand_team", "in_hand_user")
        .first()
    )
    cards = listings([service_id])
    return _row(actor, row, cards[service_id]) if row and service_id in cards else None


def cadences(on: date | None = None) -> tuple[CadenceRow, ...]:
    """The cadences in force on a day."""
    day = on or today()
    rows = Cadence.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    return tuple(CadenceRow(row.category, row.days, row.valid_from) for row in rows.order_by("category"))


def _asked(actor: Actor, asked: DueAsked, team_id: UUID | None) -> QuerySet[CheckDue]:
    rows = CheckDue.objects.filter(due_on__lte=today())
    moment = now()
    later = Q(again_at__gt=moment)
    free = Q(in_hand_of__isnull=True) | Q(in_hand_at__lt=moment - IN_HAND)
    ours = Q(in_hand_of=actor.organization) & ~Q(in_hand_at__lt=moment - IN_HAND)
    kinds = {
        "": free & ~later | ours,
        "me": ours & Q(in_hand_user=actor.user_id),
        "team": ours & Q(in_hand_team=team_id) if team_id else Q(pk__in=[]),
        "nobody": free & ~later,
        "ours": Q(claimed_by_id=actor.organization),
        "later": later,
    }
    rows = rows.filter(kinds.get(asked.who, kinds[""]))
    if asked.category:
        rows = rows.filter(need_categories__contains=[asked.category])
    if asked.town:
        rows = rows.filter(towns__contains=[asked.town.casefold()])
    return rows


def _count(rows: QuerySet[CheckDue]) -> int:
    return rows.order_by()[:COUNTED].count()


def _row(actor: Actor, row: CheckDue, card: ListingCard) -> DueRow:
    fresh = row.in_hand_at is not None and row.in_hand_at >= now() - IN_HAND
    ours = fresh and row.in_hand_of_id == actor.organization_id
    return DueRow(
        listing=card,
        due_on=row.due_on,
        days=row.days,
        reasons=tuple(row.reasons),
        in_hand_user=row.in_hand_user.name if ours and row.in_hand_user else "",
        in_hand_team=row.in_hand_team.name if ours and row.in_hand_team else "",
        in_hand_organization=row.in_hand_of.name if fresh and row.in_hand_of else "",
        mine=ours and row.in_hand_user_id == actor.user_id,
        ours=ours,
        again_at=row.again_at if row.again_at and row.again_at > now() else None,
    )
