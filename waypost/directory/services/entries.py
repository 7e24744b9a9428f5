"""What somebody enters for a listing, as plain data."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from waypost.directory.rules.schedule import Hours


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """A phone number, as it is to be dialled."""

    number: str
    extension: str = ""
    type: str = "voice"
    description: str = ""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """Where a service is offered. ``confidential``: never shown with its address or on a map."""

    name: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    transportation: str = ""
    accessibility: tuple[str, ...] = ()
    location_type: str = "physical"
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service with everything that belongs to it."""

    name: str
    description: str = ""
    alternate_name: str = ""
    url: str = ""
    email: str = ""
    status: str = "active"
    application_process: str = ""
    eligibility: str = ""
    minimum_age: Decimal | None = None
    maximum_age: Decimal | None = None
    cost: str = ""
    interpretation_services: str = ""
    wait_time: str = ""
    need_categories: tuple[str, ...] = ()
    how_to_reach: str = "phone"
    phones: tuple[PhoneEntry, ...] = ()
    hours: tuple[Hours, ...] = ()
    languages: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    required_documents: tuple[str, ...] = ()
    place: PlaceEntry | None = None
    location_id: UUID | None = None
