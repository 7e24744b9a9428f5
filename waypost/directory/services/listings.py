"""Listings written here: organizations and services with all that belongs to them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import CoordinatesStatus, HowToReach
from waypost.directory.models import (
    Accessibility,
    Address,
    Language,
    Location,
    Organization,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from waypost.directory.models.base import Row
from waypost.directory.needs import need_category
from waypost.directory.rules.schedule import Hours
from waypost.directory.services.entries import PhoneEntry, PlaceEntry, ServiceEntry
from waypost.kernel.errors import Refused
from waypost.kernel.ids import uuid7

MAX_LATITUDE, MAX_LONGITUDE = 90, 180
_PLAIN = (
    "name description alternate_name url email status application_process interpretation_services wait_time"
    " minimum_age maximum_age how_to_reach"
).split()


def create_organization(
    *,
    name: str,
    description: str = "",
    website: str = "",
    email: str = "",
    phone: str = "",
    claimed_by: UUID | None = None,
    is_victim_service: bool = False,
) -> UUID:
    """A new listed organization; ``claimed_by`` is the participant that looks after it."""
    row = Organization.objects.create(
        name=_named(name),
        description=description.strip(),
        website=website.strip(),
        email=email.strip(),
        claimed_by_id=claimed_by,
        is_victim_service=is_victim_service,
    )
    if phone.strip():
        Phone.objects.create(organization=row, number=phone.strip(), type="voice")
    return row.id


def create_location(*, organization_id: UUID, place: PlaceEntry) -> UUID:
    """A place of an organization, with its address."""
    status, latitude, longitude = _coordinates(place)
    row = Location.objects.create(
        organization_id=organization_id,
        name=place.name.strip(),
        location_type=place.location_type,
        transportation=place.transportation.strip(),
        latitude=latitude,
        longitude=longitude,
        coordinates_status=status,
        confidential=place.confidential,
    )
    if any((place.address_1.strip(), place.city.strip(), place.postal_code.strip())):
        Address.objects.create(
            location=row,
            address_1=place.address_1.strip(),
            address_2=place.address_2.strip(),
            city=place.city.strip(),
            state_province=place.state_province.strip(),
            postal_code=place.postal_code.strip(),
            country="US",
            address_type="physical",
        )
    helps = _filled(place.accessibility)
    add_rows(Accessibility, [Accessibility(location=row, description=words) for words in helps])
    return row.id


def create_service(*, organization_id: UUID, entry: ServiceEntry | None = None, **fields: Any) -> UUID:
    """A new service of a listed organization.

    Everything is said by ``entry``; single fields of it may be given by name instead
    (``create_service(organization_id=…, name="Weekly groceries", need_categories=[…])``).
    """
    whole = _entry(entry, fields)
    row = Service.objects.create(organization_id=organization_id, **_columns(whole))
    _write_details(row.id, organization_id, whole)
    return row.id


def replace_service(*, service_id: UUID, entry: ServiceEntry) -> None:
    """Write every field of the entry over the service, and its lists in place of the earlier ones.

    Places are replaced only where the entry names one.
    """
    row = Service.objects.select_for_update().filter(pk=service_id).first()
    if row is None:
        raise Refused(_("This service is not in the directory any more."))
    columns = _columns(entry)
    row.needs_by_hand = row.needs_by_hand or set(row.need_categories) != set(columns["need_categories"])
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    for model in (Schedule, Language, ServiceArea, RequiredDocument, Phone):
        model._default_manager.filter(service_id=service_id).delete()
    if entry.place or entry.location_id:
        ServiceAtLocation.objects.filter(service_id=service_id).delete()
    _write_details(service_id, row.organization_id, entry)


def _entry(entry: ServiceEntry | None, fields: dict[str, Any]) -> ServiceEntry:
    for name, value in fields.items():
        if isinstance(value, list):
            fields[name] = tuple(value)
    if entry is None:
        return ServiceEntry(**fields)
    return replace(entry, **fields)


def _columns(entry: ServiceEntry) -> dict[str, Any]:
    unknown = [code for code in entry.need_categories if need_category(code) is None]
    if unknown:
        raise Refused(_("%(code)s is not a need category.") % {"code": unknown[0]}, field="need_categories")
    if entry.how_to_reach not in HowToReach.values:
        raise Refused(_("Choose how people reach this service."), field="how_to_reach")
    low, high = entry.minimum_age, entry.maximum_age
    if low is not None and high is not None and low > high:
        raise Refused(_("The lowest age is above the highest."), field="maximum_age")
    columns = {name: getattr(entry, name) for name in _PLAIN}
    return columns | {
        "name": _named(entry.name),
        "eligibility_description": entry.eligibility.strip(),
        "fees_description": entry.cost.strip(),
        "need_categories": list(entry.need_categories),
    }


def _write_details(service_id: UUID, organization_id: UUID, entry: ServiceEntry) -> None:
    location_id = entry.location_id
    if entry.place:
        location_id = create_location(organization_id=organization_id, place=entry.place)
    if location_id:
        ServiceAtLocation.objects.create(service_id=service_id, location_id=location_id)
    add_rows(Phone, [_phone(service_id, each) for each in entry.phones if each.number.strip()])
    add_rows(Schedule, [as_schedule(service_id, each) for each in entry.hours])
    add_rows(Language, [Language(service_id=service_id, name=name) for name in _filled(entry.languages)])
    add_rows(ServiceArea, [ServiceArea(service_id=service_id, name=name) for name in _filled(entry.areas)])
    documents = _filled(entry.required_documents)
    add_rows(RequiredDocument, [RequiredDocument(service_id=service_id, document=each) for each in documents])


def add_rows(model: type[Row], rows: Sequence[Row]) -> None:
    """Rows read back in the order in which they were entered: ids made in one millisecond have none."""
    for row, row_id in zip(rows, sorted(uuid7() for _row in rows), strict=True):
        row.id = row_id
    model._default_manager.bulk_create(rows)


def _phone(service_id: UUID, entry: PhoneEntry) -> Phone:
    return Phone(
        service_id=service_id,
        number=entry.number.strip(),
        extension=entry.extension.strip(),
        type=entry.type,
        description=entry.description.strip(),
    )


def as_schedule(service_id: UUID, line: Hours) -> Schedule:
    """The row that holds these hours, with all that they say."""
    columns = {each.name: getattr(line, each.name) for each in dataclass_fields(Hours)}
    yearly, words = columns.pop("yearly"), columns.pop("words")
    extra = {"every_year": {"from": yearly[0], "to": yearly[1]}} if yearly else {}
    return Schedule(service_id=service_id, description=words.strip(), extra=extra, **columns)


def _coordinates(place: PlaceEntry) -> tuple[str, float | None, float | None]:
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return CoordinatesStatus.MISSING, None, None
    if abs(latitude) > MAX_LATITUDE or abs(longitude) > MAX_LONGITUDE or latitude == longitude == 0:
        raise Refused(_("This point on the map cannot be right."), field="latitude")
    return CoordinatesStatus.GIVEN, latitude, longitude


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(_("Give it a name."), field="name")
    return name.strip()


def _filled(words: Iterable[str]) -> list[str]:
    return [each.strip() for each in words if each.strip()]
