"""How referrals to services went: counted by the room that knows referrals, kept here for what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from waypost.directory.due import make_due
from waypost.directory.models import Service, ServiceUse
from waypost.kernel.clock import now

BATCH = 2000


@dataclass(frozen=True, slots=True)
class UseCount:
    """Numbers of referrals to one service in the last half year; nothing about anybody.

    ``received`` counts those of ``outcome_known`` that brought the service, or a part of it.
    """

    service_id: UUID
    sent: int
    accepted: int
    unanswered: int
    outcome_known: int
    received: int


@transaction.atomic
def keep_use(*, counts: Iterable[UseCount]) -> int:
    """Replace all counts by these; services that are not listed and victim services have none."""
    given = {each.service_id: each for each in counts}
    listed = set(
        Service.objects.filter(
            pk__in=list(given), hidden_why="", organization__is_victim_service=False
        ).values_list("pk", flat=True)
    )
    moment = now()
    before = set(ServiceUse.objects.values_list("service_id", flat=True))
    ServiceUse.objects.exclude(service_id__in=listed).delete()
    ServiceUse.objects.bulk_create(
        [
            ServiceUse(
                service_id=each.service_id,
                sent=each.sent,
                accepted=each.accepted,
                unanswered=each.unanswered,
                outcome_known=each.outcome_known,
                received=each.received,
                counted_at=moment,
            )
            for each in given.values()
            if each.service_id in listed
        ],
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=["sent", "accepted", "unanswered", "outcome_known", "received", "counted_at"],
        batch_size=BATCH,
    )
    changed = sorted(listed | before)
    for start in range(0, len(changed), BATCH):
        make_due(changed[start : start + BATCH])
    return len(listed)
