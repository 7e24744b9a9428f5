"""Reading contacts, and services given to one's own clients."""

from datetime import date
from uuid import UUID

from waypost.coordination import words
from waypost.coordination.cards import ContactCard, ServiceCard
from waypost.coordination.models import ContactLog, ServiceLog
from waypost.kernel.actors import Actor
from waypost.people.selectors import names

PAGE = 50


def contacts(actor: Actor, person_id: UUID) -> list[ContactCard]:
    """Contacts with an own person, newest first."""
    rows = ContactLog.objects.filter(held_by_id=actor.organization, person_id=person_id)
    return [
        ContactCard(
            id=row.id,
            at=row.at,
            mode=row.mode,
            mode_name=words.mode_name(row.mode),
            direction=row.direction,
            result=row.result,
            result_name=words.result_name(row.result),
            note=row.note,
            by_name=row.by_name,
            minutes=row.minutes,
        )
        for row in rows.order_by("-at", "-id")
    ]


def services_given(
    actor: Actor,
    *,
    person_id: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
) -> tuple[list[ServiceCard], int]:
    """What one's own clients got, newest first: a page and the count. Both days count."""
    rows = ServiceLog.objects.filter(held_by_id=actor.organization)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if since is not None:
        rows = rows.filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lte=until)
    start = (max(page, 1) - 1) * PAGE
    chosen = list(rows.order_by("-on", "-logged_at", "-id")[start : start + PAGE])
    called = names(actor, [row.person_id for row in chosen])
    return [_card(row, called.get(row.person_id, "")) for row in chosen], rows.count()


def _card(row: ServiceLog, person_name: str) -> ServiceCard:
    return ServiceCard(
        id=row.id,
        person_id=row.person_id,
        person_name=person_name,
        listing_id=row.listing_id,
        what=row.what,
        on=row.on,
        quantity=row.quantity,
        note=row.note,
        by_name=row.by_name,
    )
