"""The directory of Cedar County: organizations, services, room, and when somebody last made sure."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from waypost.demo.seeding.cast import Cast
from waypost.demo.seeding.data import hours, listed_organizations, read
from waypost.demo.seeding.world import dice
from waypost.directory.services import (
    PhoneEntry,
    PlaceEntry,
    ServiceEntry,
    confirm_listing,
    create_location,
    create_organization,
    create_service,
    set_capacity,
)
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.network.roles import Role
from waypost.referrals.basis import told_by

NEAR = 0.012  # degrees: within a mile of the ZIP's center
WAYS = ("phone", "web", "visit")
UNAVAILABLE = frozenset({"full", "paused", "closed"})


@dataclass(frozen=True)
class Listed:
    """A service as stories choose among them. ``reader``: who reads its inbox."""

    id: UUID
    name: str
    organization: str
    participant: UUID | None
    reader: Actor | None
    needs: tuple[str, ...]
    ages: tuple[int, int]
    open: bool
    answer_hours: float
    part2: bool
    victim_service: bool
    tells_of: frozenset[str]


@dataclass
class Directory:
    """All services, those for a need, and the questionnaire that is asked."""

    screener: UUID
    services: list[Listed] = field(default_factory=list)

    def named(self, name: str) -> Listed:
        """The service with this name."""
        return next(each for each in self.services if each.name == name)

    def for_need(self, category: str, age: int) -> list[Listed]:
        """Services that answer a need at this age; those with room, where there are any."""
        found = [
            each for each in self.services if category in each.needs and each.ages[0] <= age <= each.ages[1]
        ]
        return (
            [each for each in found if each.open] or found or self.for_need("sdoh-category-unspecified", age)
        )


def make_directory(cast: Cast, keeper: Actor, screener: UUID) -> Directory:
    """Write every listing; ``keeper`` looks after those that nobody claimed."""
    directory = Directory(screener=screener)
    places: dict[tuple[UUID, str], UUID] = {}
    for told in listed_organizations():
        chance = dice("listing", told["name"])
        participant = cast.organizations.get(told["name"]) if told["participates"] else None
        organization_id = create_organization(
            name=told["name"],
            description=told["description"],
            website=told.get("website", ""),
            email=told["email"],
            phone=told["phone"],
            claimed_by=participant,
            is_victim_service=told.get("victim_service", False),
        )
        for service in told["services"]:
            entry = _at_one_place(_entry(told, service, chance), organization_id, places)
            service_id = create_service(organization_id=organization_id, entry=entry)
            _keep(keeper, service_id, service, chance)
            directory.services.append(_listed(cast, told, service, service_id, participant))
    return directory


def _at_one_place(
    entry: ServiceEntry, organization_id: UUID, places: dict[tuple[UUID, str], UUID]
) -> ServiceEntry:
    """Services of an organization at the same address are at one place."""
    if entry.place is None:
        return entry
    key = (organization_id, entry.place.address_1)
    if key not in places:
        places[key] = create_location(organization_id=organization_id, place=entry.place)
    return replace(entry, place=None, location_id=places[key])


def _entry(told: dict[str, Any], service: dict[str, Any], chance: Random) -> ServiceEntry:
    low, high = service.get("ages", (None, None))
    usual = "inbox" if told["participates"] else "phone"
    return ServiceEntry(
        name=service["name"],
        description=service["is"],
        url=told.get("website", ""),
        email=told["email"],
        application_process=service.get("apply", ""),
        eligibility=service.get("who", ""),
        minimum_age=None if low is None else Decimal(low),
        maximum_age=None if high is None else Decimal(high),
        cost=service.get("cost", "Free"),
        interpretation_services=service.get("interpreter", ""),
        wait_time=service.get("wait", ""),
        need_categories=tuple(service["needs"]),
        how_to_reach=service.get("reach", usual),
        phones=(PhoneEntry(number=told["phone"]),) if told["phone"] else (),
        hours=hours(service.get("hours", told["hours"])),
        languages=tuple(service.get("languages", told["languages"])),
        areas=_areas(told["areas"]),
        required_documents=tuple(service.get("bring", ())),
        place=_place(told, service, chance),
    )


def _areas(told: str | list[str]) -> tuple[str, ...]:
    if told == "county":
        zips = ", ".join(sorted(each["zip"] for each in read("towns")["zips"]))
        return (f"All of Cedar County ({zips})",)
    return tuple(told)


def _place(told: dict[str, Any], service: dict[str, Any], chance: Random) -> PlaceEntry | None:
    street, zip_code = service.get("street", told["street"]), service.get("zip", told["zip"])
    if not street:
        return None
    town = next(each for each in read("towns")["zips"] if each["zip"] == zip_code)
    return PlaceEntry(
        name=told["name"],
        address_1=street,
        city=town["town"],
        state_province="WA",
        postal_code=zip_code,
        latitude=round(town["latitude"] + chance.uniform(-NEAR, NEAR), 5),
        longitude=round(town["longitude"] + chance.uniform(-NEAR, NEAR), 5),
        transportation=told.get("bus", ""),
        accessibility=tuple(service.get("access", told.get("access", ()))),
    )


def _keep(keeper: Actor, service_id: UUID, service: dict[str, Any], chance: Random) -> None:
    set_capacity(actor=keeper, service_id=service_id, status=service.get("capacity", "accepting"))
    days, how = chance.randint(1, 75), chance.choice(WAYS)
    if "confirmed" in service:
        if service["confirmed"] is None:
            return
        days, how = service["confirmed"]
    confirm_listing(actor=keeper, service_id=service_id, how=how, on=today() - timedelta(days=days))


def _listed(
    cast: Cast, told: dict[str, Any], service: dict[str, Any], service_id: UUID, participant: UUID | None
) -> Listed:
    low, high = service.get("ages", (None, None))
    role = Role.COORDINATOR if "participant" in told else Role.INTAKE
    readers = cast.of(told["name"], role) if participant else []
    return Listed(
        id=service_id,
        name=service["name"],
        organization=told["name"],
        participant=participant,
        reader=readers[0].actor if readers else None,
        needs=tuple(service["needs"]),
        ages=(low or 0, 120 if high is None else high),
        open=service.get("capacity", "accepting") not in UNAVAILABLE,
        answer_hours=told.get("answer_hours", 24),
        part2=told.get("legal_status") == "part2_program",
        victim_service=told.get("victim_service", False),
        tells_of=told_by([], service_id),
    )
