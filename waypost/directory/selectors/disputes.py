"""Fields of which sources say different things, for whoever decides."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from waypost.directory.choices import LOCAL_SOURCE, ConflictStatus
from waypost.directory.models import Conflict, FieldFact, Precedence
from waypost.directory.rules.precedence import FEED, PLACES, TRUSTED
from waypost.directory.selectors.pairs import OF_SECRET, sides
from waypost.directory.sources_cards import Dispute, Side, Trust
from waypost.kernel.errors import NotVisible


def disputes(
    *, status: str = "open", source: str = "", field: str = "", page: int = 1, size: int = 20
) -> tuple[list[Dispute], int]:
    """One page of conflicts, the oldest first, and how many there are."""
    rows = _filtered(status, source, field)
    found = list(rows.order_by("opened_at", "id")[(page - 1) * size : page * size])
    return _cards(found), rows.count()


def dispute(conflict_id: UUID) -> Dispute:
    """One of them. Raises NotVisible where there is none."""
    row = Conflict.objects.filter(pk=conflict_id).first()
    cards = _cards([row]) if row else []
    if not cards:
        raise NotVisible
    return cards[0]


def dispute_counts() -> dict[str, int]:
    """How many conflicts wait, by feed."""
    rows = Conflict.objects.filter(status=ConflictStatus.OPEN).values_list("source").annotate(Count("id"))
    return dict(rows.order_by("source"))


def disputed_fields(source: str = "") -> dict[str, int]:
    """How many conflicts wait, by field."""
    rows = _filtered(ConflictStatus.OPEN, source, "").values_list("field").annotate(Count("id"))
    return dict(rows.order_by("field"))


def trusted() -> list[Trust]:
    """Sources that go before what people confirmed here."""
    rows = Precedence.objects.filter(rank__lte=TRUSTED).order_by("source", "field")
    return [Trust(row.id, row.field, row.source, row.by_name, row.at) for row in rows]


def place_of(source: str) -> str:
    """Where a feed stands for every field: before people, before, among or behind other feeds."""
    rank = Precedence.objects.filter(field="", source=source).values_list("rank", flat=True).first()
    exact = next((place for place, held in PLACES.items() if held == rank), "")
    return exact or ("before" if rank is not None and rank < FEED else "behind")


def believed_for(source: str) -> list[str]:
    """Single fields for which a feed goes before people."""
    rows = Precedence.objects.filter(source=source, rank__lte=TRUSTED).exclude(field="")
    return list(rows.order_by("field").values_list("field", flat=True))


def _filtered(status: str, source: str, field: str) -> QuerySet[Conflict]:
    rows = Conflict.objects.all()
    if status in ConflictStatus.values:
        rows = rows.filter(status=status)
    if source:
        rows = rows.filter(source=source)
    return rows.filter(field=field) if field else rows


def _cards(rows: Iterable[Conflict]) -> list[Dispute]:
    held = list(rows)
    known: dict[UUID, Side] = {}
    for entity in {row.entity for row in held}:
        known |= sides(entity, {row.row_id for row in held if row.entity == entity})
    facts = FieldFact.objects.filter(row_id__in=known, source=LOCAL_SOURCE).select_related("confirmed_by")
    local = {(fact.entity, fact.row_id, fact.field): fact for fact in facts}
    return [
        _card(row, known[row.row_id], local.get((row.entity, row.row_id, row.field)))
        for row in held
        if row.row_id in known
    ]


def _card(row: Conflict, side: Side, fact: FieldFact | None) -> Dispute:
    told = not side.secret or row.field in OF_SECRET
    return Dispute(
        id=row.id,
        entity=row.entity,
        row_id=row.row_id,
        name=side.name,
        organization=side.organization,
        field=row.field,
        ours=row.ours if told else None,
        ours_source=LOCAL_SOURCE if fact else side.source,
        confirmed_on=fact.confirmed_on if fact else None,
        confirmed_how=fact.confirmed_how if fact else "",
        confirmed_by=fact.confirmed_by.name if fact and fact.confirmed_by else "",
        theirs=row.theirs if told else None,
        source=row.source,
        theirs_at=row.theirs_at,
        opened_at=row.opened_at,
        status=row.status,
        decided_by=row.decided_by_name,
        decided_at=row.decided_at,
    )
