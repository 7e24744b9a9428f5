"""Listings that look alike, for whoever decides; two of them beside one another."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from waypost.directory.choices import FactOf, LikenessStatus
from waypost.directory.fields import LISTS, SCALARS
from waypost.directory.models import Address, Likeness, Location, Merge, Organization, Service
from waypost.directory.models.base import Listed
from waypost.directory.rules.precedence import is_empty, same
from waypost.directory.sources_cards import Compared, Pair, Reason, Side
from waypost.directory.values import MODELS, value_of
from waypost.kernel.errors import NotVisible

# Parts of a score that would tell where something is.
_TELLS_PLACE = frozenset(
    "address_same house_same unit_other address_other near far zip_same zip_other".split()
)
_FIRST = "name alternate_name organization phones email url website addresses schedules status".split()
OF_SECRET = ("name", "phones")


def pairs(
    *, kind: str = "", status: str = "open", source: str = "", least: int = 0, page: int = 1, size: int = 25
) -> tuple[list[Pair], int]:
    """One page of pairs, the most alike first, and how many there are. ``least`` is of 100."""
    rows = _filtered(kind, status, source, least)
    found = list(rows.order_by("-score", "id")[(page - 1) * size : page * size])
    return _cards(found), rows.count()


def pair(likeness_id: UUID) -> Pair:
    """One of them. Raises NotVisible where there is none."""
    row = Likeness.objects.filter(pk=likeness_id).first()
    cards = _cards([row]) if row else []
    if not cards:
        raise NotVisible
    return cards[0]


def next_pair(*, after: UUID, kind: str, source: str = "", least: int = 0) -> UUID | None:
    """The most alike of those that wait, other than this one."""
    rows = _filtered(kind, LikenessStatus.OPEN, source, least).exclude(pk=after)
    return rows.order_by("-score", "id").values_list("pk", flat=True).first()


def pair_counts(status: str = "open") -> dict[str, int]:
    """How many pairs of each kind have this status."""
    rows = Likeness.objects.filter(status=status).values_list("kind").annotate(Count("id"))
    return dict(rows.order_by("kind"))


def pair_sources() -> list[str]:
    """The feeds of which listings are in pairs."""
    rows = Likeness.objects.order_by()
    first, second = (rows.values_list(side, flat=True).distinct() for side in ("a_source", "b_source"))
    return sorted({*first, *second})


def compared(card: Pair) -> tuple[Compared, ...]:
    """Every field of which one of the two says something; of what is secret no more than name and numbers."""
    rows = MODELS[card.kind]._default_manager.in_bulk([card.a.id, card.b.id])
    if len(rows) < 2:  # noqa: PLR2004
        raise NotVisible
    a, b = rows[card.a.id], rows[card.b.id]
    names = [*SCALARS[card.kind], *LISTS[card.kind]]
    if card.a.secret or card.b.secret:
        names = [each for each in OF_SECRET if each in names]
    order = {name: number for number, name in enumerate(_FIRST)}
    lines = []
    for name in sorted(names, key=lambda each: order.get(each, len(order))):
        mine, theirs = value_of(card.kind, a, name), value_of(card.kind, b, name)
        if not (is_empty(mine) and is_empty(theirs)):
            lines.append(Compared(name, mine, theirs, same(name, mine, theirs)))
    return tuple(lines)


def sides(kind: str, ids: Iterable[UUID]) -> dict[UUID, Side]:
    """Listings of a kind as one line each."""
    wanted = list(ids)
    found: list[Listed] = []
    if kind == FactOf.SERVICE:
        found += Service.objects.filter(pk__in=wanted).select_related("organization")
    elif kind == FactOf.LOCATION:
        found += Location.objects.filter(pk__in=wanted).select_related("organization")
    else:
        found += Organization.objects.filter(pk__in=wanted)
    where = _where(kind, found)
    return {row.pk: _side(row, where.get(row.pk, "")) for row in found}


def owner_of(row: Listed) -> Organization | None:
    """The organization to which a listing belongs; an organization is its own."""
    if isinstance(row, Organization):
        return row
    return row.organization if isinstance(row, Service | Location) else None


def is_secret(row: Listed) -> bool:
    """Whether no more than its name (and a hotline) may be told."""
    owner = owner_of(row)
    return bool(getattr(row, "confidential", False)) or (owner is not None and owner.is_victim_service)


def _side(row: Listed, where: str) -> Side:
    owner, secret = owner_of(row), is_secret(row)
    name = str(getattr(row, "name", "")) or (owner.name if owner else "")
    return Side(
        id=row.pk,
        name=name,
        organization=owner.name if owner is not None and owner is not row else "",
        source=row.source,
        where="" if secret else where,
        claimed=owner is not None and owner.claimed_by_id is not None,
        secret=secret,
        hidden_why=row.hidden_why,
        imported_at=row.imported_at,
    )


def _where(kind: str, rows: Iterable[Listed]) -> Mapping[UUID, str]:
    """An address of each, or none; of confidential places never."""
    ids = [row.pk for row in rows]
    path = {
        FactOf.ORGANIZATION.value: "location__organization_id",
        FactOf.SERVICE.value: "location__at_services__service_id",
        FactOf.LOCATION.value: "location_id",
    }[kind]
    addresses = Address.objects.filter(
        **{f"{path}__in": ids}, location__confidential=False, location__hidden_why=""
    ).exclude(address_type="postal")
    found: dict[UUID, str] = {}
    for owner, *parts in addresses.order_by("-id").values_list(path, "address_1", "city", "postal_code"):
        found[owner] = ", ".join(part for part in parts if part)
    return found


def _filtered(kind: str, status: str, source: str, least: int) -> QuerySet[Likeness]:
    rows = Likeness.objects.all()
    if kind in FactOf.values:
        rows = rows.filter(kind=kind)
    if status in LikenessStatus.values:
        rows = rows.filter(status=status)
    if source:
        rows = rows.filter(Q(a_source=source) | Q(b_source=source))
    return rows.filter(score__gte=least / 100) if least else rows


def _cards(rows: Iterable[Likeness]) -> list[Pair]:
    held = list(rows)
    known: dict[UUID, Side] = {}
    for kind in {row.kind for row in held}:
        known |= sides(kind, {each for row in held if row.kind == kind for each in (row.a, row.b)})
    merges = _merges(row for row in held if row.status == LikenessStatus.MERGED)
    return [
        Pair(
            id=row.id,
            kind=row.kind,
            score=int(row.score * 100),
            status=row.status,
            reasons=_reasons(row.parts, known[row.a].secret or known[row.b].secret),
            a=known[row.a],
            b=known[row.b],
            decided_by=row.decided_by_name,
            decided_at=row.decided_at,
            merge_id=merges.get(frozenset((row.a, row.b))),
        )
        for row in held
        if row.a in known and row.b in known
    ]


def _reasons(parts: Iterable[Mapping[str, Any]], secret: bool) -> tuple[Reason, ...]:
    return tuple(
        Reason(part["code"], round(part["weight"] * 100), part["a"], part["b"])
        for part in parts
        if not (secret and part["code"] in _TELLS_PLACE)
    )


def _merges(rows: Iterable[Likeness]) -> dict[frozenset[UUID], UUID]:
    ids = {each for row in rows for each in (row.a, row.b)}
    merges = Merge.objects.filter(merged__in=ids, undone_at=None) if ids else Merge.objects.none()
    return {frozenset((merge.kept, merge.merged)): merge.id for merge in merges}
