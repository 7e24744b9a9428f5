"""Whose records are due, what holds them, and what would go."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from waypost.guarding import machine
from waypost.guarding.cards_retention import DisposalCard, DuePerson, HoldCard
from waypost.guarding.models import Disposal, Hold
from waypost.guarding.record.tables import TABLES
from waypost.guarding.rules.retention import RecordRule, record_rule
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.network.selectors import organization, organizations
from waypost.people.selectors import names

PAGE = 25
CHUNK = 2000
YEAR = timedelta(days=365)


def people_due() -> Iterator[DuePerson]:
    """Everybody whose time is over and whom nothing keeps, holder by holder. For the system's role."""
    for holder in organizations():
        rule = record_rule(holder.legal_status, today())
        if rule is not None:
            yield from _due_of(holder.id, rule)


def _due_of(holder_id: UUID, rule: RecordRule) -> Iterator[DuePerson]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, guarding_last_contact(p.id, p.held_by_id)::date, p.birth_date"
            " FROM people_person p WHERE p.held_by_id = %s AND p.disposed_at IS NULL AND p.registered_at < %s"
            " AND guarding_last_contact(p.id, p.held_by_id) < %s"
            " AND cardinality(guarding_why_kept(p.id, p.held_by_id)) = 0",
            [holder_id, *[today() - rule.years * YEAR] * 2],
        )
        while rows := cursor.fetchmany(CHUNK):
            for person_id, last, born in rows:
                due = rule.due(last, born)
                if due <= today():
                    yield DuePerson(person_id, holder_id, last, due)


def why_kept(actor: Actor, person_id: UUID) -> list[str]:
    """Codes of what keeps an own person's record now: a hold, a need; empty where nothing does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guarding_why_kept(%s, %s)", [person_id, actor.organization])
        return list(cursor.fetchone()[0])


def rule_here(actor: Actor, day: date) -> RecordRule | None:
    """The rule for one's own organization on that day."""
    return record_rule(organization(actor.organization).legal_status, day)


def what_goes(actor: Actor, person_id: UUID) -> list[tuple[str, int]]:
    """Sections of the record that would be destroyed, with their rows."""
    values: dict[str, UUID | bool] = {
        "person": person_id,
        "holder": actor.organization,
        "representative": False,
    }
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            if not table.stays:
                cursor.execute(f"SELECT count(*) FROM {table.name} t WHERE {table.where}", values)  # noqa: S608
                found.append((table.section, int(cursor.fetchone()[0])))
    return [each for each in found if each[1]]


def told_elsewhere(actor: Actor, person_id: UUID) -> int:
    """Referrals whose other side keeps what it was told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM referrals_referral r WHERE r.withdrawn_at IS NULL"
            " AND r.recipient_id IS NOT NULL AND r.status NOT IN ('draft', 'entered-in-error') AND"
            " ((r.person_id = %(person)s AND r.held_by_id = %(holder)s)"
            " OR (r.recipient_person_id = %(person)s AND r.recipient_id = %(holder)s))",
            {"person": person_id, "holder": actor.organization},
        )
        return int(cursor.fetchone()[0])


def disposals(actor: Actor, *, show: str = "", page: int = 1) -> tuple[list[DisposalCard], int]:
    """What waits, longest due first; ``done``: what was destroyed, newest first."""
    rows = Disposal.objects.filter(held_by_id=actor.organization)
    if show == "done":
        rows = rows.filter(status=machine.DONE).order_by("-confirmed_at")
    else:
        rows = rows.filter(status__in=[machine.DUE, machine.ASKED]).order_by("-status", "due_on", "id")
    start = (page - 1) * PAGE
    return _cards(actor, list(rows[start : start + PAGE])), rows.count()


def disposal(actor: Actor, disposal_id: UUID) -> DisposalCard:
    """One; NotVisible for others'."""
    rows = list(Disposal.objects.filter(pk=disposal_id, held_by_id=actor.organization))
    if not rows:
        raise NotVisible
    return _cards(actor, rows)[0]


def disposals_waiting(actor: Actor) -> int:
    """How many records are due."""
    return Disposal.objects.filter(
        held_by_id=actor.organization, status__in=[machine.DUE, machine.ASKED]
    ).count()


def holds(actor: Actor, *, person_id: UUID | None = None, demand_id: UUID | None = None) -> list[HoldCard]:
    """Holds that stand, newest first: all, of one person, or of one legal demand."""
    rows = Hold.objects.filter(held_by_id=actor.organization, lifted_at__isnull=True).order_by("-placed_at")
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if demand_id is not None:
        rows = rows.filter(demand_id=demand_id)
    found = list(rows.select_related("demand"))
    known = names(actor, [each.person_id for each in found])
    return [
        HoldCard(
            id=each.id,
            person_id=each.person_id,
            person_name=known.get(each.person_id, ""),
            reason=each.reason,
            demand_id=each.demand_id,
            demand_reference=each.demand.reference if each.demand else "",
            placed_by_name=each.placed_by_name,
            placed_at=each.placed_at,
        )
        for each in found
    ]


def _cards(actor: Actor, rows: list[Disposal]) -> list[DisposalCard]:
    known = names(actor, [each.person_id for each in rows])
    return [
        DisposalCard(
            id=row.id,
            reference=row.reference,
            person_id=row.person_id,
            person_name=known.get(row.person_id, ""),
            last_contact_on=row.last_contact_on,
            due_on=row.due_on,
            status=row.status,
            asked_by=row.asked_by,
            asked_by_name=row.asked_by_name,
            asked_at=row.asked_at,
            words=row.words,
            confirmed_by_name=row.confirmed_by_name,
            confirmed_at=row.confirmed_at,
            rows_gone=sum(row.counts.values()),
        )
        for row in rows
    ]
