"""Background work: telling of events, and one e-mail at a time."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from waypost.accounts.selectors import users
from waypost.directory.selectors import claim_mail, newcomer, newcomer_token_of
from waypost.kernel.clock import now
from waypost.kernel.events import Announcement
from waypost.messaging import services
from waypost.messaging.mail import compose, compose_link, compose_newcomer_answer, compose_newcomer_link
from waypost.messaging.models import Delivery


def announce(event: Announcement) -> None:
    """The later subscriber: write the notice, then queue its e-mails.

    The queue has its own connection here, so the e-mails are queued after the notice is committed. A crash in
    between repeats the event, which queues whatever is not sent yet.
    """
    for delivery in services.tell(event):
        send.defer(delivery_id=str(delivery))


def send_link(event: Announcement) -> None:
    """The link that proves a claim, to the organization's own mailbox; nothing where none is wanted now.

    Safe to run twice: the same link comes again, with the same Message-ID.
    """
    found = claim_mail(UUID(event.ids["claim_id"]))
    if found is not None:
        compose_link(event, *found).send()


def send_newcomer_link(event: Announcement) -> None:
    """The link that proves a request by somebody without an account. Safe to run twice."""
    asked = UUID(event.ids["newcomer_id"])
    token = newcomer_token_of(asked)
    if token:
        compose_newcomer_link(event, newcomer(asked), token).send()


def send_newcomer_answer(event: Announcement) -> None:
    """What came of such a request, where there is an address. Twice does no harm: one Message-ID."""
    card = newcomer(UUID(event.ids["newcomer_id"]))
    if card.email and not card.open:
        compose_newcomer_answer(event, card).send()


@app.task(name="messaging.send", retry=RetryStrategy(max_attempts=10, exponential_wait=3))
def send(delivery_id: str) -> None:
    """Send one e-mail, and note in the same transaction that it is sent.

    At least once: when the process dies after the mail server took the message and before the commit, it is
    sent again with the same Message-ID. A mail server that fails is tried again for about two days.
    """
    Delivery.objects.filter(pk=UUID(delivery_id), sent_at__isnull=True).update(attempts=F("attempts") + 1)
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update(of=("self",))
            .select_related("notice")
            .filter(pk=UUID(delivery_id), sent_at__isnull=True)
            .first()
        )
        if row is None:
            return
        reader = users([row.user_id]).get(row.user_id)
        if reader is not None:  # somebody who has left gets no mail
            compose(row, row.notice, reader).send()
        row.sent_at = now()
        row.save(update_fields=["sent_at"])
