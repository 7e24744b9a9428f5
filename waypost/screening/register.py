"""The list of a person's needs: one open need a category, its rank, and what happened to it.

Callers hold the turn for the person's needs.
"""

from uuid import UUID

from django.db.models import F

from waypost.kernel import events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.screening.categories import sensitivities_of
from waypost.screening.machine import OPEN
from waypost.screening.models import Need, NeedEvent, Source
from waypost.screening.rules import UNKNOWN, FoundNeed


def open_need(person_id: UUID, category: str) -> Need | None:
    """The open need of this category, if there is one."""
    return Need.objects.filter(person_id=person_id, category=category, status=OPEN).first()


def note(
    actor: Actor, person_id: UUID, found: FoundNeed, *, source: Source, response_id: UUID | None
) -> tuple[UUID, bool]:
    """Keep a need that was found: a new one, or the open one of its category brought up to date."""
    row = open_need(person_id, found.category)
    new = row is None
    if row is None:
        row = Need(
            held_by_id=actor.organization,
            topic=found.category,
            sensitivities=list(sensitivities_of(found.category)),
            person_id=person_id,
            category=found.category,
            source=source,
            response_id=response_id,
            found_on=today(),
            status_at=now(),
        )
    if found.wants_help != UNKNOWN:
        row.wants_help = found.wants_help
    row.words = found.words or row.words
    row.z_code = row.z_code or found.z_code
    if found.rank == 1 and row.rank != 1:
        _make_room(row)
        row.rank = 1
    row.save(force_insert=new)
    tell(actor, row, "find" if new else "hear_again")
    if new:
        events.emit("need.found", actor=actor, person_id=person_id, need_id=row.id)
    return row.id, new


def tell(actor: Actor, row: Need, move: str, *, words: str = "") -> None:
    """Leave a line about what happened; nobody can change it."""
    line = NeedEvent(
        held_by_id=row.held_by_id,
        topic=row.topic,
        sensitivities=row.sensitivities,
        need=row,
        person_id=row.person_id,
        at=now(),
        move=move,
        status=row.status,
        words=words,
        actor_name=actor.name,
    )
    NeedEvent.objects.bulk_create([line])


def _make_room(first: Need) -> None:
    others = Need.objects.filter(person_id=first.person_id, status=OPEN, rank__isnull=False).exclude(
        pk=first.pk
    )
    others.update(rank=F("rank") + 1)
