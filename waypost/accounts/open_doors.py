"""Sign-ins that are open: each one listed for its user, ended from elsewhere, and by age."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from waypost.accounts.models import Door
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible

STEP = timedelta(minutes=2)  # how exactly "seen last" is kept
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A sign-in as its user sees it: device in words, when, never where."""

    id: UUID
    browser: str
    system: str
    opened_at: datetime
    seen_at: datetime


def pass_through(
    *, user_id: UUID, door_id: str | None, organization_id: UUID | None, agent: str
) -> UUID | None:
    """The door of this session, noted as seen; made where there is none. None: it was ended or is too old."""
    moment = now()
    row = Door.objects.filter(pk=UUID(door_id), user_id=user_id).first() if door_id else None
    if row is None:
        made = Door(
            user_id=user_id,
            organization_id=organization_id,
            browser=_named(BROWSERS, agent),
            system=_named(SYSTEMS, agent),
            opened_at=moment,
            seen_at=moment,
        )
        Door.objects.bulk_create([made])
        return made.id
    if row.ended_at is not None or row.opened_at < moment - longest():
        return None
    if row.seen_at < moment - STEP or row.organization_id != organization_id:
        Door.objects.filter(pk=row.pk).update(seen_at=moment, organization_id=organization_id)
    return row.id


def longest() -> timedelta:
    """How long a sign-in lasts at most, however busy."""
    return timedelta(hours=settings.SESSION_HOURS)


def doors_of(user_id: UUID) -> list[DoorRow]:
    """Those that are open, seen last first."""
    silent = now() - timedelta(minutes=settings.IDLE_MINUTES) - STEP
    rows = Door.objects.filter(
        user_id=user_id, ended_at__isnull=True, opened_at__gte=now() - longest(), seen_at__gte=silent
    )
    return [
        DoorRow(row.id, row.browser, row.system, row.opened_at, row.seen_at)
        for row in rows.order_by("-seen_at")
    ]


def end_door(*, user_id: UUID, door_id: UUID) -> None:
    """End one of one's own sign-ins."""
    if not Door.objects.filter(pk=door_id, user_id=user_id, ended_at__isnull=True).update(ended_at=now()):
        raise NotVisible


def leave_door(*, user_id: UUID, door_id: UUID) -> None:
    """Signed out by oneself; nothing where it has ended already."""
    Door.objects.filter(pk=door_id, user_id=user_id, ended_at__isnull=True).update(ended_at=now())


def end_other_doors(*, user_id: UUID, but: str) -> int:
    """End every sign-in but this one; returns how many."""
    rows = Door.objects.filter(user_id=user_id, ended_at__isnull=True)
    return rows.exclude(pk=UUID(but)).update(ended_at=now()) if but else rows.update(ended_at=now())


def end_for_organization(*, user_id: UUID, organization_id: UUID) -> None:
    """End a leaver's sign-ins for one organization; those for another one stay."""
    rows = Door.objects.filter(user_id=user_id, organization_id=organization_id, ended_at__isnull=True)
    rows.update(ended_at=now())


def _named(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((words for mark, words in known if mark in agent), "")
