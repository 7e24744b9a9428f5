"""The clock: one place that says what time it is, so that it can be set for a synthetic past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("waypost_moment", default=None)


def now() -> datetime:
    """The current moment, with a zone."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The current day in the network's own time zone."""
    return timezone.localtime(now()).date()


def day_after(day: date | None) -> datetime | None:
    """The moment at which a day is over, in the network's own time zone; None is never."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at ``moment`` (the synthetic community is made this way)."""
    if timezone.is_naive(moment):
        raise ValueError("a moment needs a time zone")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
