"""What the network's staff read to keep shelters hidden: names and counts, never an address."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Value, When

from waypost.directory.models import Address, Location, Organization, SafetyDecision, SafetyHold, Service
from waypost.kernel.errors import NotVisible


@dataclass(frozen=True, slots=True)
class HoldCard:
    """An organization whose addresses were kept back. ``words``: by which of our own words."""

    organization_id: UUID
    organization_name: str
    words: tuple[str, ...]
    places: int
    found_at: datetime
    decision: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A place of an organization; ``words`` is its name and address, empty where it is kept private."""

    id: UUID
    words: str
    confidential: bool


@dataclass(frozen=True, slots=True)
class OrganizationState:
    """An organization as the network's staff look after it."""

    id: UUID
    name: str
    source: str
    claimed_by: UUID | None
    is_victim_service: bool
    services: tuple[tuple[UUID, str], ...]
    places: tuple[PlaceState, ...]
    hold: HoldCard | None


def safety_holds(*, page: int = 1, size: int = 20) -> tuple[list[HoldCard], int]:
    """A page of them, those that nobody has looked at first; and how many there are."""
    rows = SafetyHold.objects.filter(organization__hidden_why="").select_related("organization")
    waiting = Case(When(decision="", then=Value(0)), default=Value(1))
    ordered = rows.order_by(waiting, "-found_at", "id")[(page - 1) * size : page * size]
    return [_hold(row) for row in ordered], rows.count()


def waiting_holds() -> int:
    """How many nobody has looked at."""
    return SafetyHold.objects.filter(decision="", organization__hidden_why="").count()


def organization_state(organization_id: UUID) -> OrganizationState:
    """One listed organization. Raises NotVisible where there is none."""
    row = Organization.objects.filter(pk=organization_id, hidden_why="").first()
    if row is None:
        raise NotVisible
    hold = SafetyHold.objects.filter(organization=row).select_related("organization").first()
    services = Service.objects.filter(organization=row, hidden_why="").order_by("name", "id")
    return OrganizationState(
        id=row.id,
        name=row.name,
        source=row.source,
        claimed_by=row.claimed_by_id,
        is_victim_service=row.is_victim_service,
        services=tuple(services.values_list("id", "name")),
        places=_places(row),
        hold=_hold(hold) if hold else None,
    )


def _places(row: Organization) -> tuple[PlaceState, ...]:
    """Its places, and those of its services; a private one comes without a word."""
    own = Location.objects.filter(organization=row, hidden_why="")
    used = Location.objects.filter(at_services__service__organization=row, hidden_why="")
    places = list(own.union(used).order_by("name", "id"))
    quiet = {each.id for each in places if each.confidential or row.is_victim_service}
    addresses: dict[UUID | None, str] = {}
    for address in Address.objects.filter(location_id__in=[p.id for p in places if p.id not in quiet]):
        line = ", ".join(part for part in (address.address_1, address.city) if part)
        addresses.setdefault(address.location_id, line)
    found = []
    for each in places:
        said = "" if each.id in quiet else ", ".join(filter(None, (each.name, addresses.get(each.id, ""))))
        found.append(PlaceState(each.id, said, each.confidential))
    return tuple(found)


def _hold(row: SafetyHold) -> HoldCard:
    return HoldCard(
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        words=tuple(row.words),
        places=len(row.location_ids),
        found_at=row.found_at,
        decision=str(SafetyDecision(row.decision).label) if row.decision else "",
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
