"""Background work: telling our coordinators that an agreement ends soon, and that one has ended."""

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from waypost.consent.models import Consent, Decision, Status
from waypost.consent.services.ending import tell_coordinators
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now

SOON = timedelta(days=14)
A_TIME = 500


def tell_of_endings() -> int:
    """One notice to our coordinators before the end, and one at the end; how many agreements."""
    told = 0
    with transaction.atomic():
        standing = Consent.objects.select_for_update(of=("self",), skip_locked=True).filter(
            decision=Decision.AGREED, status=Status.ACTIVE, told_ended_at__isnull=True
        )
        for row in standing.filter(ends_at__lte=now()).order_by("id")[:A_TIME]:
            row.told_ended_at = now()
            row.save(update_fields=["told_ended_at"])
            tell_coordinators(_for(row), row, "consent.ran_out")
            told += 1
        soon = standing.filter(ends_at__gt=now(), ends_at__lte=now() + SOON, told_soon_at__isnull=True)
        for row in soon.order_by("id")[:A_TIME]:
            row.told_soon_at = now()
            row.save(update_fields=["told_soon_at"])
            tell_coordinators(_for(row), row, "consent.ends_soon")
            told += 1
    return told


def _for(row: Consent) -> Actor:
    return Actor(None, "Waypost", row.held_by_id, "", "system")


@app.periodic(cron="11 * * * * 0")  # the sixth field is the second
@app.task(name="consent.tell_of_endings", queueing_lock="consent.tell_of_endings", pass_context=False)
def endings(timestamp: int) -> None:
    """Every hour: nothing waits for it, since each read and write looks at the end itself."""
    tell_of_endings()
