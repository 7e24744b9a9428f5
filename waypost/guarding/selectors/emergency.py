"""Reading emergency access: what one opened, what waits for review, what others opened of ours."""

from uuid import UUID

from django.db.models import Q

from waypost.disclosure.selectors import emergency_access
from waypost.guarding import machine
from waypost.guarding.cards import EmergencyCard, OpenedRecord
from waypost.guarding.models import Emergency
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations

PAGE = 50
WAITS = Q(status__in=(machine.OPEN, machine.ENDED))


def emergencies(actor: Actor, *, show: str = "", page: int = 1) -> tuple[list[EmergencyCard], int]:
    """For whoever guards privacy: what waits for review (oldest first), or all (newest first)."""
    rows = Emergency.objects.all()  # policies show one's own, and those that opened records of ours
    if show == "all":
        rows = rows.order_by("-opened_at")
    elif show == "others":
        rows = rows.exclude(held_by_id=actor.organization).order_by("-opened_at")
    else:
        rows = rows.filter(WAITS, held_by_id=actor.organization).order_by("opened_at")
    start = (max(page, 1) - 1) * PAGE
    return _cards(actor, list(rows[start : start + PAGE])), rows.count()


def waiting(actor: Actor) -> int:
    """How many of one's own organization wait for review by this reader (never one's own)."""
    rows = Emergency.objects.filter(WAITS, held_by_id=actor.organization)
    return sum(1 for user_id in rows.values_list("user_id", flat=True) if user_id != actor.user_id)


def emergency(actor: Actor, emergency_id: UUID) -> EmergencyCard:
    """One, for its opener and for whoever guards privacy on either side; raises NotVisible."""
    row = Emergency.objects.filter(pk=emergency_id).first()
    if row is None or not (may(actor.role, Action.GUARD_PRIVACY) or _opened_by(actor, row)):
        raise NotVisible
    return _cards(actor, [row])[0]


def opened_records(actor: Actor, emergency_id: UUID) -> list[OpenedRecord]:
    """The records that it opened: all of them for its opener, one's own for the other side."""
    rows = emergency_access(actor, emergency_id)
    names = {each.id: each.name for each in organizations(ids=[row.holder_id for row in rows])}
    return [
        OpenedRecord(row.person_id, row.holder_id, names.get(row.holder_id, ""), row.topics, row.ends_at)
        for row in rows
    ]


def live_emergency(actor: Actor) -> EmergencyCard | None:
    """The one that this user has open now."""
    rows = Emergency.objects.filter(
        held_by_id=actor.organization, status=machine.OPEN, until__gt=now()
    ).order_by("-until")
    found = next((row for row in rows if row.user_id == actor.user_id), None)
    return _cards(actor, [found])[0] if found else None


def _opened_by(actor: Actor, row: Emergency) -> bool:
    return row.user_id == actor.user_id and row.held_by_id == actor.organization


def _cards(actor: Actor, rows: list[Emergency]) -> list[EmergencyCard]:
    parties = {row.held_by_id for row in rows}.union(*(row.holder_ids for row in rows))
    names = {each.id: each.name for each in organizations(ids=parties)}
    return [
        EmergencyCard(
            id=row.id,
            reference=row.reference,
            own=row.held_by_id == actor.organization,
            organization_id=row.held_by_id,
            organization_name=names.get(row.held_by_id, ""),
            user_id=row.user_id,
            user_name=row.user_name,
            reason=row.reason,
            reason_name=row.get_reason_display(),
            words=row.words,
            facts_name=row.get_facts_display(),
            status=row.status,
            opened_at=row.opened_at,
            until=row.until,
            holder_names=tuple(names.get(each, "") for each in row.holder_ids),
            ended_at=row.ended_at,
            reviewed_at=row.reviewed_at,
            reviewed_by_name=row.reviewed_by_name,
            review_words=row.review_words,
            live=row.status == machine.OPEN and row.until > now(),
        )
        for row in rows
    ]
