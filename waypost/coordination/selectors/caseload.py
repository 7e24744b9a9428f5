"""Reading a caseload: who is in it, whose move it is, what is due."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from waypost.coordination import rules
from waypost.coordination.cards import CaseRow, EpisodeCard, MyDay
from waypost.coordination.models import ContactLog, Episode, WhoseMove
from waypost.coordination.selectors.requests import open_requests
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.people.selectors import names
from waypost.screening.selectors import first_needs, open_counts

PAGE = 50


def episode(actor: Actor, person_id: UUID) -> EpisodeCard | None:
    """The open episode of an own person, if there is one."""
    row = _open(actor).filter(person_id=person_id).first()
    return None if row is None else _card(row)


def episode_by_id(actor: Actor, episode_id: UUID) -> EpisodeCard:
    """One episode, open or closed; raises NotVisible."""
    row = Episode.objects.filter(held_by_id=actor.organization, pk=episode_id).first()
    if row is None:
        raise NotVisible
    return _card(row)


def caseload(
    actor: Actor, *, lead_id: UUID | None = None, whose_move: str = "", due: str = "", page: int = 1
) -> tuple[list[CaseRow], int]:
    """Open episodes, those due soonest first: a page and the count.

    ``lead_id`` None: everybody's. ``due``: "now" (urgent, or today and before), "today", "overdue",
    "week" (today and seven days on), or nothing.
    """
    on = today()
    rows = _open(actor)
    if lead_id is not None:
        rows = rows.filter(lead_id=lead_id)
    if whose_move:
        rows = rows.filter(whose_move=whose_move)
    if due:
        rows = rows.filter(_due(on)[due])
    start = (max(page, 1) - 1) * PAGE
    return _rows(actor, _ordered(rows)[start : start + PAGE], on), rows.count()


def my_day(actor: Actor, *, on: date | None = None) -> MyDay:
    """What a coordinator has before her today: now, new, and how much comes later."""
    day = on or today()
    mine = _open(actor).filter(lead_id=actor.works_for)
    facts = list(mine.values_list("check_back_on", "urgent", "whose_move"))
    later = [due for due, urgent, _move in facts if not rules.is_now(due, urgent=urgent, on=day)]
    week = sum(1 for due in later if due is not None and due <= day + rules.WEEK)
    moves = Counter(move for _due_on, _urgent, move in facts)
    return MyDay(
        now=tuple(_rows(actor, _ordered(mine.filter(_due(day)["now"])), day)),
        new=tuple(open_requests(actor)),
        this_week=week,
        later=len(later) - week,
        by_move={each: moves[each] for each in WhoseMove.values},
        total=len(facts),
    )


def _open(actor: Actor) -> QuerySet[Episode]:
    return Episode.objects.filter(held_by_id=actor.organization, closed_at__isnull=True)


def _due(on: date) -> dict[str, Q]:
    return {
        "now": Q(urgent=True) | Q(check_back_on__lte=on),
        "today": Q(check_back_on=on),
        "overdue": Q(check_back_on__lt=on),
        "week": Q(check_back_on__gte=on, check_back_on__lte=on + rules.WEEK),
    }


def _ordered(rows: QuerySet[Episode]) -> QuerySet[Episode]:
    return rows.order_by("-urgent", F("check_back_on").asc(nulls_last=True), "opened_at", "id")


def _rows(actor: Actor, rows: Iterable[Episode], on: date) -> list[CaseRow]:
    found = list(rows)
    people = [row.person_id for row in found]
    called, counts, first = names(actor, people), open_counts(actor, people), first_needs(actor, people)
    contacts = _last_contacts(actor, people)
    return [
        CaseRow(
            episode_id=row.id,
            person_id=row.person_id,
            person_name=called.get(row.person_id, ""),
            lead_id=row.lead_id,
            lead_name=row.lead_name,
            phase=row.phase,
            whose_move=row.whose_move,
            next_move=row.next_move,
            next_words=row.next_words,
            check_back_on=row.check_back_on,
            overdue=rules.is_overdue(row.check_back_on, on),
            due_today=row.check_back_on == on,
            urgent=row.urgent,
            open_needs=counts.get(row.person_id, 0),
            first_need=first.get(row.person_id, ""),
            last_contact_at=last.at if (last := contacts.get(row.person_id)) else None,
            last_contact_mode=last.mode if last else "",
            last_contact_result=last.result if last else "",
            opened_at=row.opened_at,
        )
        for row in found
    ]


def _last_contacts(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, ContactLog]:
    rows = ContactLog.objects.filter(held_by_id=actor.organization, person_id__in=set(person_ids))
    return {row.person_id: row for row in rows.order_by("person_id", "-at", "-id").distinct("person_id")}


def _card(row: Episode) -> EpisodeCard:
    return EpisodeCard(
        id=row.id,
        person_id=row.person_id,
        lead_id=row.lead_id,
        lead_name=row.lead_name,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_reason=row.closed_reason,
        whose_move=row.whose_move,
        next_move=row.next_move,
        next_words=row.next_words,
        check_back_on=row.check_back_on,
        phase=row.phase,
        urgent=row.urgent,
    )
