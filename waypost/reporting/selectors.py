"""Reading facts: what an organization sent or received, or the whole network, as far as policies show it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from waypost.kernel.actors import Actor
from waypost.referrals.cards import LoopFact
from waypost.reporting.models import ReferralFact

SENT, RECEIVED, NETWORK = "sent", "received", "network"
FIELDS = [field.name for field in ReferralFact._meta.fields if field.name != "counted_at"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a period. ``begun_before``: needs whose first referral was sent before the period.

    ``counted_at``: the last time that any of these changed.
    """

    rows: tuple[LoopFact, ...]
    begun_before: frozenset[UUID]
    counted_at: datetime | None


def facts(actor: Actor, *, since: datetime, until: datetime, side: str) -> Facts:
    """Referrals sent in a period: by us (``sent``), to us (``received``), or by anybody (``network``)."""
    known = ReferralFact.objects.all()
    if side == SENT:
        known = known.filter(sender_id=actor.organization)
    elif side == RECEIVED:
        known = known.filter(recipient_id=actor.organization)
    chosen = known.filter(sent_at__gte=since, sent_at__lt=until)
    before = known.filter(sent_at__lt=since, need_id__in=chosen.values("need_id"))
    return Facts(
        rows=tuple(LoopFact(**row) for row in chosen.order_by("sent_at", "referral_id").values(*FIELDS)),
        begun_before=frozenset(before.values_list("need_id", flat=True)),
        counted_at=chosen.aggregate(last=Max("counted_at"))["last"],
    )
