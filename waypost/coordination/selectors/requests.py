"""Reading requests for coordination."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from waypost.coordination import words
from waypost.coordination.cards import RequestFact, RequestRow
from waypost.coordination.machine import NEW
from waypost.coordination.models import Request
from waypost.kernel import naming
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible

PAGE = 50


def open_requests(actor: Actor) -> list[RequestRow]:
    """What nobody has taken yet: urgent first, then who has waited longest."""
    rows = _own(actor).filter(status=NEW).order_by("-urgent", "asked_at", "id")
    return [_row(each) for each in rows]


def my_requests(actor: Actor, *, page: int = 1) -> tuple[list[RequestRow], int]:
    """What this user asked for, newest first, with what became of it; a page and the count."""
    rows = _own(actor).filter(referrer_id=actor.works_for).order_by("-asked_at", "-id")
    start = (max(page, 1) - 1) * PAGE
    return [_row(each) for each in rows[start : start + PAGE]], rows.count()


def request(actor: Actor, request_id: UUID) -> RequestRow:
    """One request; raises NotVisible."""
    row = _own(actor).filter(pk=request_id).first()
    if row is None:
        raise NotVisible
    return _row(row)


def requests_of(actor: Actor, person_id: UUID) -> list[RequestRow]:
    """The requests for an own person, newest first."""
    return [_row(each) for each in _own(actor).filter(person_id=person_id).order_by("-asked_at", "-id")]


def _own(actor: Actor) -> QuerySet[Request]:
    return Request.objects.filter(held_by_id=actor.organization).select_related("team")


def _row(row: Request) -> RequestRow:
    naming.note(row.person_id or row.id, given=row.person_name, hidden=(row.phone,))
    return RequestRow(
        id=row.id,
        reference=row.reference,
        person_id=row.person_id,
        person_name=row.person_name,
        phone=row.phone,
        language=row.language,
        reason=row.reason,
        reason_name=words.reason_name(row.reason),
        reason_words=row.reason_words,
        channel=row.channel,
        warm=row.warm,
        expects_call=row.expects_call,
        urgent=row.urgent,
        referrer_id=row.referrer_id,
        referrer_name=row.referrer_name,
        referrer_role=row.referrer_role,
        team_name=row.team.name if row.team else "",
        status=row.status,
        closed_reason=row.closed_reason,
        asked_at=row.asked_at,
        taken_by_name=row.taken_by_name,
        taken_at=row.taken_at,
        closed_at=row.closed_at,
        outcome=words.outcome(row),
    )


def request_facts(*, since: date, until: date, organization_id: UUID | None = None) -> list[RequestFact]:
    """Requests asked from one day through another, as figures count them; as far as the reader may see."""
    rows = Request.objects.filter(asked_at__date__gte=since, asked_at__date__lte=until)
    if organization_id is not None:
        rows = rows.filter(held_by_id=organization_id)
    return [
        RequestFact(
            asked_on=timezone.localtime(row.asked_at).date(),
            team_id=row.team_id,
            team_name=row.team.name if row.team else "",
            role=row.referrer_role,
            channel=row.channel,
            warm=row.warm,
            status=row.status,
            closed_reason=row.closed_reason,
        )
        for row in rows.select_related("team").order_by("asked_at", "id")
    ]
