"""Feeds: where listings come from, how often, and what their columns mean."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.directory.choices import LOCAL_SOURCE
from waypost.directory.choices_feeds import LIVE, Cadence, FeedKind, RunState
from waypost.directory.models.feed import Feed
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused

EVERY = {
    Cadence.DAILY: timedelta(days=1),
    Cadence.WEEKLY: timedelta(days=7),
    Cadence.MONTHLY: timedelta(days=30),
}
FIRST_WAIT = timedelta(minutes=15)  # after a failure; doubled each time, up to a day
LONGEST_WAIT = timedelta(days=1)
MAX_NAME, MAX_SOURCE = 200, 100


def add_feed(
    *,
    name: str,
    source: str = "",
    url: str = "",
    kind: str = FeedKind.FILE,
    cadence: str = Cadence.BY_HAND,
    complete: bool = False,
) -> UUID:
    """A new feed. ``source`` is what its rows carry for ever; the name, unless given."""
    row = Feed(created_at=now())
    row.source = _source(source or name)
    _fill(row, name=name, url=url, kind=kind, cadence=cadence, complete=complete)
    row.save(force_insert=True)
    return row.id


def feed_of_source(source: str) -> UUID:
    """The feed whose rows carry this; made when there is none yet (an import by command)."""
    found = Feed.objects.filter(source=source).first()
    return found.id if found else add_feed(name=source, source=source)


def change_feed(
    *, feed_id: UUID, name: str, url: str, kind: str, cadence: str, complete: bool, enabled: bool
) -> None:
    """Change what a feed is called, where it lies, how often it is fetched."""
    row = _feed(feed_id)
    if url.strip() != row.url:  # another address: what was known of the old one says nothing of it
        row.etag = row.last_modified = ""
    row.enabled = enabled
    _fill(row, name=name, url=url, kind=kind, cadence=cadence, complete=complete)
    row.save()


def set_mapping(*, feed_id: UUID, mapping: dict[str, Any] | None) -> None:
    """Keep what the columns of a feed's tables mean, as a mapping file says it."""
    row = _feed(feed_id)
    row.mapping = mapping
    row.save(update_fields=["mapping"])


def feed_fetched(*, feed_id: UUID, etag: str, last_modified: str) -> None:
    """The feed was read, or had nothing new: the next time is one cadence away."""
    row = _feed(feed_id)
    row.etag, row.last_modified = etag[:2000], last_modified[:200]
    row.failures, row.last_error = 0, ""
    row.next_at = _next(row, now())
    row.save(update_fields=["etag", "last_modified", "failures", "last_error", "next_at"])


def feed_failed(*, feed_id: UUID, words: str) -> int:
    """The feed could not be read: tried again soon, then less often. How many times it failed in a row."""
    row = _feed(feed_id)
    row.failures += 1
    row.last_error = words
    if row.cadence != Cadence.BY_HAND:
        wait = min(FIRST_WAIT * 2 ** min(row.failures - 1, 10), LONGEST_WAIT)
        row.next_at = now() + min(wait, EVERY[Cadence(row.cadence)])
    row.save(update_fields=["failures", "last_error", "next_at"])
    return row.failures


def due_feeds(at: datetime) -> list[UUID]:
    """Feeds whose time has come and of which no import is under way, the longest due first.

    One that has waited for somebody's yes for a day does not stand in the way any more.
    """
    busy = Q(runs__state__in=[RunState.WAITING, RunState.RUNNING]) | Q(
        runs__state__in=LIVE, runs__asked_at__gt=at - timedelta(days=1)
    )
    rows = Feed.objects.filter(enabled=True, next_at__lte=at).exclude(url="").exclude(busy)
    return list(rows.order_by("next_at").values_list("id", flat=True))


def _fill(row: Feed, *, name: str, url: str, kind: str, cadence: str, complete: bool) -> None:
    row.name = name.strip()
    if not row.name or len(row.name) > MAX_NAME or not row.name.isprintable():
        raise Refused(_("Give the feed a name of up to 200 characters."), field="name")
    if kind not in FeedKind.values:
        raise Refused(_("Choose what lies at the address."), field="kind")
    if cadence not in Cadence.values:
        raise Refused(_("Choose how often to fetch the feed."), field="cadence")
    if not url.strip() and cadence != Cadence.BY_HAND:
        raise Refused(_("A feed without an address can't be fetched by itself."), field="url")
    changed = (row.url, row.cadence) != (url.strip(), cadence)
    row.url, row.kind, row.cadence, row.complete = url.strip(), kind, cadence, complete
    if cadence == Cadence.BY_HAND:
        row.next_at = None
    elif changed or row.next_at is None:
        row.next_at = now()


def _source(given: str) -> str:
    source = given.strip()
    if not source or len(source) > MAX_SOURCE or not source.isprintable():
        raise Refused(_("Give the feed a name of up to 100 characters."), field="name")
    if source.lower() == LOCAL_SOURCE:
        raise Refused(_("“local” is what is written here. Choose another name."), field="name")
    if Feed.objects.filter(source__iexact=source).exists():
        raise Refused(_("There is a feed of this name already. Choose it from the list."), field="name")
    return source


def _next(row: Feed, at: datetime) -> datetime | None:
    return None if row.cadence == Cadence.BY_HAND else at + EVERY[Cadence(row.cadence)]


def _feed(feed_id: UUID) -> Feed:
    row = Feed.objects.select_for_update().filter(pk=feed_id).first()
    if row is None:
        raise NotVisible
    return row
