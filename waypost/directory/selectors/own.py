"""What a keeper reads of its own organization and places: everything, private addresses included."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from waypost.directory.choices import FactOf
from waypost.directory.models import Location, Organization, Service, ServiceAtLocation
from waypost.directory.values import value_of
from waypost.kernel.errors import NotVisible

Values = dict[str, Any]  # by field, as facts hold them
OF_ORGANIZATION = ("name", "alternate_name", "description", "website", "email", "phones")
OF_PLACE = ("name", "addresses", "transportation", "accessibility", "phones")
VIRTUAL = "virtual"


@dataclass(frozen=True, slots=True)
class OwnOrganization:
    """An organization of the keeper's, with what its page asks about."""

    id: UUID
    name: str
    is_victim_service: bool
    values: Values
    services: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of the keeper's. ``nowhere``: it stands for "by phone or online".

    ``services``: those of the keeper's that are offered there.
    """

    id: UUID
    organization_id: UUID
    name: str
    values: Values
    confidential: bool
    nowhere: bool
    time_zone: str
    services: tuple[tuple[UUID, str], ...]


def own_organizations(participant_id: UUID) -> list[OwnOrganization]:
    """Those that this participant keeps."""
    rows = Organization.objects.filter(claimed_by_id=participant_id, hidden_why="")
    return [_organization(each) for each in rows.order_by("name", "id")]


def own_organization(participant_id: UUID, organization_id: UUID) -> OwnOrganization:
    """One of them. Raises NotVisible where it is another's."""
    row = Organization.objects.filter(pk=organization_id, claimed_by_id=participant_id, hidden_why="").first()
    if row is None:
        raise NotVisible
    return _organization(row)


def own_places(participant_id: UUID) -> list[OwnPlace]:
    """The places of the organizations that this participant keeps."""
    rows = _places(participant_id)
    return [_place(each, owner) for each, owner in rows]


def own_place(participant_id: UUID, location_id: UUID) -> OwnPlace:
    """One of them. Raises NotVisible where it is another's."""
    for row, owner in _places(participant_id, only=location_id):
        return _place(row, owner)
    raise NotVisible


def places_to_choose(participant_id: UUID, service_id: UUID) -> tuple[list[OwnPlace], set[UUID]]:
    """Where a service can be offered, and where it is; nowhere named: at all places of its organization."""
    service = Service.objects.filter(
        pk=service_id, hidden_why="", organization__claimed_by_id=participant_id
    ).first()
    if service is None:
        raise NotVisible
    places = [
        each
        for each in own_places(participant_id)
        if each.organization_id == service.organization_id and not each.nowhere
    ]
    joints = ServiceAtLocation.objects.filter(service=service)
    there = set(joints.values_list("location_id", flat=True))
    return places, there or {each.id for each in places}


def _places(participant_id: UUID, only: UUID | None = None) -> list[tuple[Location, UUID]]:
    """Each with the organization it belongs to: its own, or that of all the services there."""
    rows = Location.objects.filter(hidden_why="", merged_into=None)
    if only is not None:
        rows = rows.filter(pk=only)
    own = rows.filter(organization__claimed_by_id=participant_id, organization__hidden_why="")
    found = [(each, each.organization_id) for each in own.order_by("name", "id")]
    used = rows.filter(
        organization=None, at_services__service__organization__claimed_by_id=participant_id
    ).distinct()
    for each in used.order_by("name", "id"):
        owners = set(
            ServiceAtLocation.objects.filter(location=each).values_list("service__organization_id", flat=True)
        )
        if len(owners) == 1:
            found.append((each, owners.pop()))
    return [(row, owner) for row, owner in found if owner is not None]


def _organization(row: Organization) -> OwnOrganization:
    values = _values(FactOf.ORGANIZATION, row, OF_ORGANIZATION)
    services = Service.objects.filter(organization=row, hidden_why="").order_by("name", "id")
    return OwnOrganization(
        row.id, row.name, row.is_victim_service, values, tuple(services.values_list("id", "name"))
    )


def _place(row: Location, owner: UUID) -> OwnPlace:
    values = _values(FactOf.LOCATION, row, OF_PLACE)
    joined = Service.objects.filter(at_locations__location=row, organization_id=owner, hidden_why="")
    bare = Service.objects.filter(organization_id=owner, hidden_why="", at_locations=None)
    virtual = row.location_type == VIRTUAL
    services = joined if virtual else joined | bare
    return OwnPlace(
        id=row.id,
        organization_id=owner,
        name=row.name,
        values=values,
        confidential=row.confidential,
        nowhere=virtual and not values["addresses"],
        time_zone=row.time_zone,
        services=tuple(services.distinct().order_by("name", "id").values_list("id", "name")),
    )


def _values(entity: FactOf, row: Organization | Location, fields: Iterable[str]) -> Values:
    return {each: value_of(entity, row, each) for each in fields}
