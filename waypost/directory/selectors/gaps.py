"""Requests to find a service, and needs for which nothing was found."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Sum

from waypost.directory.choices import GapStatus
from waypost.directory.models import GapRequest, UnmetNeed
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible

MOST = 200


@dataclass(frozen=True, slots=True)
class GapCard:
    """A request to find a service, as either side sees it."""

    id: UUID
    need: str
    place: str
    language: str
    words: str
    status: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    service_id: UUID | None
    service_name: str
    ours_to_answer: bool


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """Searches that found nothing: for what, where, how often, when last."""

    need: str
    word: str
    area: str
    count: int
    last: date


def gaps(actor: Actor, *, to_answer: bool = False, closed: bool = False) -> list[GapCard]:
    """One's own requests, or those one is to answer (``to_answer``), newest first."""
    side = "handled_by_id" if to_answer else "held_by_id"
    rows = GapRequest.objects.filter(**{side: actor.organization}).select_related("service")
    rows = rows.filter(status=GapStatus.CLOSED) if closed else rows.exclude(status=GapStatus.CLOSED)
    return [_card(actor, row) for row in rows.order_by("-created_at", "-id")[:MOST]]


def gaps_waiting(actor: Actor) -> int:
    """How many requests wait for an answer by the actor's organization."""
    return GapRequest.objects.filter(handled_by_id=actor.organization, status=GapStatus.OPEN).count()


def gaps_answered(actor: Actor) -> int:
    """How many of the actor's own requests were answered, and wait to be closed."""
    if actor.user_id is None:
        return 0
    rows = GapRequest.objects.filter(held_by_id=actor.organization, user_id=actor.user_id)
    return rows.filter(status=GapStatus.ANSWERED).count()


def gap(actor: Actor, gap_id: UUID) -> GapCard:
    """One request. Raises NotVisible where it is neither one's own nor one's to answer."""
    row = GapRequest.objects.filter(pk=gap_id).select_related("service").first()
    if row is None or actor.organization not in (row.held_by_id, row.handled_by_id):
        raise NotVisible
    return _card(actor, row)


def unmet_needs(*, days: int) -> tuple[list[UnmetRow], int]:
    """What nothing was found for in the last days, most often first, and how often in all."""
    rows = UnmetNeed.objects.filter(day__gt=today() - timedelta(days=days))
    grouped = (
        rows.values("need", "word", "area")
        .annotate(number=Sum("count"), last=Max("day"))
        .order_by("-number", "need", "word", "area")
    )
    found = [
        UnmetRow(each["need"], each["word"], each["area"], each["number"], each["last"])
        for each in grouped[:MOST]
    ]
    return found, rows.aggregate(number=Sum("count"))["number"] or 0


def _card(actor: Actor, row: GapRequest) -> GapCard:
    return GapCard(
        id=row.id,
        need=row.need,
        place=row.place,
        language=row.language,
        words=row.words,
        status=row.status,
        asked_by=row.user_name,
        asked_at=row.created_at,
        answer=row.answer,
        answered_by=row.answered_by_name,
        answered_at=row.answered_at,
        service_id=row.service_id,
        service_name=row.service.name if row.service else "",
        ours_to_answer=row.handled_by_id == actor.organization,
    )
