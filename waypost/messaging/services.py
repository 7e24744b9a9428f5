"""Writing notices and what happens to them: told once, read, sent by e-mail."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible
from waypost.kernel.events import Announcement
from waypost.messaging.addressing import Address, address, readers
from waypost.messaging.kinds import KINDS, Kind
from waypost.messaging.mail import message_id
from waypost.messaging.models import Delivery, Notice, NoticeRead
from waypost.messaging.selectors import for_reader, reader, seen_by

# What is older when it gets here (a long outage, a synthetic past) stands on the page only.
MAIL_WITHIN = timedelta(days=2)


def tell(event: Announcement) -> list[UUID]:
    """Make the notice that this event calls for, once; returns the deliveries still to be sent.

    Safe to call again for the same event: the notice stays one, and what was sent is not listed.
    """
    kind = KINDS[event.name]
    to = address(event, kind)
    if to is None:
        return []
    with transaction.atomic():
        notice = _notice(event, kind, to)
        if event.at >= now() - MAIL_WITHIN:
            _deliveries(event, notice, readers(to, kind, but=event.actor.user_id))
    unsent = Delivery.objects.filter(notice=notice, sent_at__isnull=True)
    return list(unsent.order_by("id").values_list("id", flat=True))


def _notice(event: Announcement, kind: Kind, to: Address) -> Notice:
    row = Notice(
        held_by_id=to.organization_id,
        user_id=to.user_id,
        roles=[role.value for role in kind.roles],
        kind=kind.event,
        detail=event.ids.get("fact") or "",
        subject_id=to.subject_id,
        reference=to.reference,
        from_name=event.actor.organization_name,
        url=to.url,
        event_id=event.id,
        created_at=event.at,
    )
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    return Notice.objects.get(
        event_id=event.id, kind=kind.event, held_by_id=to.organization_id, user_id=to.user_id
    )


def _deliveries(event: Announcement, notice: Notice, users: list[UUID]) -> None:
    Delivery.objects.bulk_create(
        [
            Delivery(
                notice=notice,
                held_by_id=notice.held_by_id,
                user_id=user,
                message_id=message_id(event.id, user, settings.BASE_URL),
                queued_at=now(),
            )
            for user in users
        ],
        ignore_conflicts=True,
    )


def open_notice(*, actor: Actor, notice_id: UUID) -> str:
    """Mark a notice as read by this user; returns where it leads. Raises NotVisible."""
    row = for_reader(actor).filter(pk=notice_id).first()
    if row is None:
        raise NotVisible
    _mark(actor, [row.id])
    return row.url


def mark_all_read(*, actor: Actor) -> int:
    """Mark everything as read by this user; returns how many it were."""
    waiting = list(for_reader(actor).filter(~seen_by(actor)).values_list("id", flat=True))
    _mark(actor, waiting)
    return len(waiting)


def _mark(actor: Actor, ids: list[UUID]) -> None:
    NoticeRead.objects.bulk_create(
        [
            NoticeRead(notice_id=each, held_by_id=actor.organization, user_id=reader(actor), read_at=now())
            for each in ids
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
