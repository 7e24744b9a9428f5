"""Referrals as rows for figures: no names, no words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from statistics import median
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from waypost.kernel.actors import Actor
from waypost.referrals.cards import LoopFact
from waypost.referrals.models import Referral, Report
from waypost.referrals.rules import loop, need_met
from waypost.referrals.selectors.shape import evidence

CHUNK = 1000


def loop_fact(referral_id: UUID) -> LoopFact | None:
    """One referral as a row for figures; None where it was never sent, or made by mistake."""
    row = _counted().filter(pk=referral_id).first()
    return _fact(row) if row else None


def loop_facts(*, since: datetime, until: datetime, sender_id: UUID | None = None) -> Iterator[LoopFact]:
    """Referrals sent in a period, with what is known of each; bounded by row level security."""
    rows = _counted().filter(sent_at__gte=since, sent_at__lt=until)
    if sender_id is not None:
        rows = rows.filter(held_by_id=sender_id)
    for row in rows.order_by("sent_at", "id").iterator(chunk_size=CHUNK):
        yield _fact(row)


def _counted() -> QuerySet[Referral]:
    reports = Prefetch("reports", queryset=Report.objects.order_by("at"))
    return Referral.objects.exclude(status__in=["draft", "entered-in-error"]).prefetch_related(reports)


def _fact(row: Referral) -> LoopFact:
    known = evidence(row)
    end = loop(known)
    return LoopFact(
        referral_id=row.id,
        sender_id=row.held_by_id,
        recipient_id=None if row.withdrawn_at else row.recipient_id,
        need_id=row.need_id,
        service_id=row.service_id,
        category=row.category,
        handoff=row.handoff,
        status=row.status,
        sent_at=row.sent_at or row.created_at,
        answered_at=row.answered_at,
        outcome=end.outcome,
        outcome_at=end.at,
        need_met=need_met(known),
    )


def usual_answer_times(actor: Actor, recipient_ids: list[UUID]) -> dict[UUID, float]:
    """Median hours from sending to answering, as far as our own referrals show; at least three of them."""
    rows = Referral.objects.filter(
        held_by_id=actor.organization, recipient_id__in=recipient_ids, answered_at__isnull=False
    ).values_list("recipient_id", "sent_at", "answered_at")
    hours: dict[UUID, list[float]] = defaultdict(list)
    for recipient, begun, answered in rows:
        if recipient is not None and begun is not None and answered is not None:
            hours[recipient].append((answered - begun).total_seconds() / 3600)
    return {key: median(values) for key, values in hours.items() if len(values) >= 3}  # noqa: PLR2004
