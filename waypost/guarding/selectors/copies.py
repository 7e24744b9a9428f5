"""Reading requests for copies of whole records."""

from uuid import UUID

from waypost.guarding import machine
from waypost.guarding.cards import CopyCard, CopyFileCard
from waypost.guarding.models import Copy
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.people.selectors import names

PAGE = 50
OPEN = (machine.ASKED, machine.MAKING, machine.MADE)


def copies(actor: Actor, *, show: str = "", page: int = 1) -> tuple[list[CopyCard], int]:
    """What is still to be given, soonest due first; or all, newest first."""
    rows = Copy.objects.filter(held_by_id=actor.organization).prefetch_related(None)
    rows = rows.order_by("-taken_at") if show == "all" else rows.filter(status__in=OPEN).order_by("due_on")
    start = (max(page, 1) - 1) * PAGE
    return _cards(actor, list(rows[start : start + PAGE])), rows.count()


def copies_waiting(actor: Actor) -> int:
    """How many people wait for a copy of their record."""
    return Copy.objects.filter(held_by_id=actor.organization, status__in=OPEN).count()


def copy(actor: Actor, copy_id: UUID) -> CopyCard:
    """One request; raises NotVisible."""
    row = Copy.objects.filter(pk=copy_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return _cards(actor, [row])[0]


def copy_to_make(copy_id: UUID) -> CopyCard:
    """For the job: the request, without the person's name."""
    row = Copy.objects.filter(pk=copy_id).first()
    if row is None:
        raise NotVisible
    return _card(row, "")


def _cards(actor: Actor, rows: list[Copy]) -> list[CopyCard]:
    known = names(actor, [row.person_id for row in rows])
    return [_card(row, known.get(row.person_id, "")) for row in rows]


def _card(row: Copy, name: str) -> CopyCard:
    files = row.files.order_by("form").values_list("form", "size", "made_at")
    return CopyCard(
        id=row.id,
        reference=row.reference,
        person_id=row.person_id,
        person_name=name,
        holder_id=row.held_by_id,
        asked_on=row.asked_on,
        asked_by=row.asked_by,
        for_representative=row.for_representative,
        language=row.language,
        due_on=row.due_on,
        extended_on=row.extended_on,
        extension_words=row.extension_words,
        status=row.status,
        taken_by=row.taken_by,
        taken_by_name=row.taken_by_name,
        made_at=row.made_at,
        ended_at=row.ended_at,
        ended_by_name=row.ended_by_name,
        ended_words=row.ended_words,
        late=row.status in OPEN and row.due_on < today(),
        files=tuple(CopyFileCard(*each) for each in files),
    )
