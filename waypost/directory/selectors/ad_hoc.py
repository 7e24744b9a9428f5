"""Listings for a while."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from waypost.directory.choices import HiddenWhy
from waypost.directory.models import Service
from waypost.directory.services.facts import may_change
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible

LISTED = 200


@dataclass(frozen=True, slots=True)
class ForAWhile:
    """A listing with a last day."""

    id: UUID
    name: str
    organization_name: str
    expires_on: date
    expired: bool


def ad_hoc_listings(*, over: bool = False) -> list[ForAWhile]:
    """Those that are shown, the next to end first; or those that are over, the latest first."""
    rows = Service.objects.filter(expires_on__isnull=False, organization__hidden_why="")
    if over:
        rows = rows.filter(hidden_why=HiddenWhy.EXPIRED).order_by("-expires_on", "name")
    else:
        rows = rows.filter(hidden_why="", expires_on__gte=today()).order_by("expires_on", "name")
    return [_card(row) for row in rows.select_related("organization")[:LISTED]]


def ad_hoc_listing(actor: Actor, service_id: UUID) -> ForAWhile:
    """One, shown or over, for whoever may change it. Raises NotVisible."""
    rows = Service.objects.filter(pk=service_id, expires_on__isnull=False)
    row = rows.select_related("organization").first()
    if row is None or row.hidden_why not in ("", HiddenWhy.EXPIRED) or row.organization.hidden_why:
        raise NotVisible
    if not may_change(actor=actor, claimed_by=row.organization.claimed_by_id):
        raise NotVisible
    return _card(row)


def expired_name(service_id: UUID) -> str | None:
    """The name of a listing that is over; None where it is not."""
    rows = Service.objects.filter(pk=service_id, hidden_why=HiddenWhy.EXPIRED)
    return rows.values_list("name", flat=True).first()


def _card(row: Service) -> ForAWhile:
    if row.expires_on is None:
        raise NotVisible
    expired = row.hidden_why == HiddenWhy.EXPIRED
    return ForAWhile(row.id, row.name, row.organization.name, row.expires_on, expired)
