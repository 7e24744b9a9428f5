"""How a lower room causes something in a higher one: it announces, others subscribe.

Subscribers marked ``in_transaction`` run at once and share the fate of the transaction; the others get
a job with ids only, at least once. A handler for later delivery must be safe to run twice: the event's
id is stable and serves as Message-ID.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.models import Event


@dataclass(frozen=True, slots=True)
class Announcement:
    """An event as a subscriber sees it; ``ids`` holds ids and codes as text."""

    id: UUID
    name: str
    ids: dict[str, Any]
    actor: Actor
    at: datetime


Handler = Callable[[Announcement], None]

_at_once: dict[str, list[Handler]] = defaultdict(list)
_later: dict[str, dict[str, Handler]] = defaultdict(dict)
_quiet: ContextVar[bool] = ContextVar("waypost_quiet", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Events inside are stored and rewrite what depends on them at once, but nobody is told later.

    For a past that is written down after the fact: its readers rebuild what they keep by themselves.
    """
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def subscribe(name: str, handler: Handler, *, in_transaction: bool = False) -> None:
    """Let ``handler`` hear of every event with this name; called from a room's ``apps.py``."""
    if in_transaction:
        if handler not in _at_once[name]:
            _at_once[name].append(handler)
    else:
        _later[name][handler_key(handler)] = handler


def handler_key(handler: Handler) -> str:
    """A name for a handler that survives restarts."""
    return f"{handler.__module__}.{handler.__qualname__}"


def emit(name: str, *, actor: Actor, hold_seconds: int = 0, **ids: Any) -> UUID:
    """Store and announce an event. ``hold_seconds`` delays the later subscribers (time for undo)."""
    from waypost.kernel.jobs import deliver  # noqa: PLC0415 - jobs import this module

    event = Event(
        name=name,
        payload={key: None if value is None else str(value) for key, value in ids.items()},
        held_by=actor.organization_id,
        actor_id=actor.user_id,
        actor_name=actor.name,
        actor_role=actor.role,
        organization_name=actor.organization_name,
        at=now(),
    )
    Event.objects.bulk_create([event])
    announcement = as_announcement(event)
    for handler in _at_once[name]:
        handler(announcement)
    for key in () if _quiet.get() else _later[name]:
        task = deliver.configure(schedule_in={"seconds": hold_seconds}) if hold_seconds else deliver
        task.defer(event_id=str(event.id), subscriber=key)
    return event.id


def past(names: Iterable[str], *, since: datetime) -> Iterator[Announcement]:
    """Stored events with these names, oldest first: for what is rebuilt after a ``quiet`` past."""
    rows = Event.objects.filter(name__in=list(names), at__gte=since).order_by("at", "id")
    for row in rows.iterator(chunk_size=1000):
        yield as_announcement(row)


def as_announcement(event: Event) -> Announcement:
    """The stored row as subscribers see it."""
    actor = Actor(
        user_id=event.actor_id,
        name=event.actor_name,
        organization_id=event.held_by,
        organization_name=event.organization_name,
        role=event.actor_role,
    )
    return Announcement(id=event.id, name=event.name, ids=dict(event.payload), actor=actor, at=event.at)


def later_handler(name: str, key: str) -> Handler | None:
    """The subscriber with this key, if it still exists."""
    return _later[name].get(key)
