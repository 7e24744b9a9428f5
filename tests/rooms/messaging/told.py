"""Delivering events by hand: what the worker does with its jobs."""

from uuid import UUID

from waypost.kernel.events import Announcement, as_announcement
from waypost.kernel.models import Event
from waypost.messaging import jobs
from waypost.messaging.kinds import KINDS
from waypost.messaging.models import Delivery


def last(name: str) -> Announcement:
    """The latest event of this name."""
    return as_announcement(Event.objects.filter(name=name).latest("id"))


def deliver_all() -> None:
    """Tell of every event there is, in order."""
    for event in Event.objects.filter(name__in=KINDS).order_by("id"):
        jobs.announce(as_announcement(event))


def send_all() -> list[UUID]:
    """Send every e-mail that waits; returns their deliveries."""
    waiting = list(Delivery.objects.filter(sent_at__isnull=True).order_by("id").values_list("id", flat=True))
    for each in waiting:
        jobs.send(delivery_id=str(each))
    return waiting
