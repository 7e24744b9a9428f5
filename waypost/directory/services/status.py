"""Whether a service takes people: now, until a day, from a day on; what was said ends by itself."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from waypost.directory.choices import Capacity, ConfirmedHow, FactOf
from waypost.directory.models import Service
from waypost.directory.services.facts import keep_fact
from waypost.directory.services.upkeep import own_service, record
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import Refused
from waypost.kernel.events import emit

FARTHEST = timedelta(days=366)
MOST_LEFT = 9999


def set_capacity(
    *,
    actor: Actor,
    service_id: UUID,
    status: str,
    until: date | None = None,
    starts: date | None = None,
    left: int | None = None,
) -> None:
    """Say whether the service takes people, up to and with ``until`` (None: until somebody says otherwise).

    With ``starts`` in the future the present status stands until then. ``left``: how many places there are
    now, which is known for today alone unless ``until`` says more.
    """
    row = own_service(actor, service_id)
    _check(status, until, starts, left)
    if starts is not None and starts > today():
        row.next_capacity_status, row.next_capacity_from, row.next_capacity_until = status, starts, until
        row.save(update_fields=["next_capacity_status", "next_capacity_from", "next_capacity_until"])
    else:
        if left is not None and until is None:
            until = today()
        _begin(row, status, until, left)
        for field, value in (("capacity_status", status), ("capacity_until", until and until.isoformat())):
            keep_fact(
                actor=actor,
                entity=FactOf.SERVICE,
                row_id=row.id,
                field=field,
                value=value,
                how=ConfirmedHow.WEB,
                on=today(),
            )
    record("directory.capacity", actor, service_id, status=status)


def forget_coming_status(*, actor: Actor, service_id: UUID) -> None:
    """What was to begin on a later day does not."""
    row = own_service(actor, service_id)
    row.next_capacity_status, row.next_capacity_from, row.next_capacity_until = "", None, None
    row.save(update_fields=["next_capacity_status", "next_capacity_from", "next_capacity_until"])
    record("directory.capacity", actor, service_id, status="forgotten")


def begin_coming_statuses() -> int:
    """What was said to begin by today begins; returns how many. Twice does no harm."""
    rows = list(Service.objects.select_for_update().filter(next_capacity_from__lte=today()))
    for row in rows:
        _begin(row, row.next_capacity_status, row.next_capacity_until, None)
        row.next_capacity_status, row.next_capacity_from, row.next_capacity_until = "", None, None
        row.save(update_fields=["next_capacity_status", "next_capacity_from", "next_capacity_until"])
    return len(rows)


def tell_what_ends() -> int:
    """Tell keepers what they said that ends tomorrow, or today if they said it before; returns how many."""
    ending = Q(capacity_until=today() + timedelta(days=1)) | Q(
        capacity_until=today(), capacity_changed_at__date__lt=today() - timedelta(days=1)
    )
    rows = (
        Service.objects.filter(ending, hidden_why="", organization__claimed_by__isnull=False)
        .exclude(next_capacity_from=F("capacity_until") + timedelta(days=1))
        .select_related("organization")
    )
    for row in rows:
        emit(
            "capacity.ending",
            actor=SYSTEM,
            to_organization=row.organization.claimed_by_id,
            subject_id=row.id,
            reference="",
            url=f"/listing/{row.id}/room/",
        )
    return len(rows)


def _begin(row: Service, status: str, until: date | None, left: int | None) -> None:
    row.capacity_status, row.capacity_until, row.capacity_left = status, until, left
    row.capacity_changed_at = now()
    row.save(update_fields=["capacity_status", "capacity_until", "capacity_left", "capacity_changed_at"])


def _check(status: str, until: date | None, starts: date | None, left: int | None) -> None:
    if status not in Capacity.values:
        raise Refused(_("Choose whether you take new people."), field="status")
    first = max(starts or today(), today())
    if until is not None and until < first:
        raise Refused(_("It ends before it begins."), field="until")
    if (until or first) > today() + FARTHEST:
        raise Refused(_("Say so for a year at most."), field="until")
    if left is not None and (not 0 <= left <= MOST_LEFT or status != Capacity.ACCEPTING):
        raise Refused(_("Say how many places are left, or leave it empty."), field="left")
