"""When a young person comes of age, what a parent or guardian agreed to no longer counts."""

from uuid import UUID

from waypost.consent.models import Consent, Status
from waypost.consent.services.ending import revoke
from waypost.kernel.events import Announcement


def end_with_age(event: Announcement) -> None:
    """End every agreement signed by a representative; the person is asked anew. For a subscription."""
    given = Consent.objects.filter(
        person_id=UUID(event.ids["person_id"]),
        held_by_id=event.actor.organization,
        status=Status.ACTIVE,
        form__isnull=False,
    ).exclude(form__representative="")
    for consent_id in given.order_by("id").values_list("id", flat=True):
        revoke(actor=event.actor, consent_id=consent_id)
