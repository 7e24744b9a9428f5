"""Reading requests to correct records, and what people say beside their record."""

from uuid import UUID

from waypost.guarding import machine
from waypost.guarding.cards import AmendmentCard
from waypost.guarding.models import Amendment
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.people.selectors import names

PAGE = 50


def amendments(actor: Actor, *, show: str = "", page: int = 1) -> tuple[list[AmendmentCard], int]:
    """What waits for an answer, soonest due first; or all, newest first."""
    rows = Amendment.objects.filter(held_by_id=actor.organization)
    rows = (
        rows.order_by("-taken_at") if show == "all" else rows.filter(status=machine.ASKED).order_by("due_on")
    )
    start = (max(page, 1) - 1) * PAGE
    return _cards(actor, list(rows[start : start + PAGE])), rows.count()


def amendments_waiting(actor: Actor) -> int:
    """How many wait for an answer."""
    return Amendment.objects.filter(held_by_id=actor.organization, status=machine.ASKED).count()


def amendment(actor: Actor, amendment_id: UUID) -> AmendmentCard:
    """One; raises NotVisible."""
    row = Amendment.objects.filter(pk=amendment_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return _cards(actor, [row])[0]


def disagreements(actor: Actor, person_id: UUID) -> list[AmendmentCard]:
    """What this person says beside an own record, with what the organization says to that."""
    rows = Amendment.objects.filter(
        held_by_id=actor.organization, person_id=person_id, status=machine.DISPUTED
    ).order_by("disagreed_on")
    return _cards(actor, list(rows))


def _cards(actor: Actor, rows: list[Amendment]) -> list[AmendmentCard]:
    known = names(actor, [row.person_id for row in rows]) if rows else {}
    return [
        AmendmentCard(
            id=row.id,
            reference=row.reference,
            person_id=row.person_id,
            person_name=known.get(row.person_id, ""),
            what=row.what,
            why=row.why,
            asked_on=row.asked_on,
            due_on=row.due_on,
            extended_on=row.extended_on,
            extension_words=row.extension_words,
            taken_by_name=row.taken_by_name,
            status=row.status,
            answered_at=row.answered_at,
            answered_by_name=row.answered_by_name,
            answer_words=row.answer_words,
            told=row.told,
            denial_name=row.get_denial_reason_display() if row.denial_reason else "",
            disagreement=row.disagreement,
            disagreed_on=row.disagreed_on,
            rebuttal=row.rebuttal,
            late=row.status == machine.ASKED and row.due_on < today(),
        )
        for row in rows
    ]
