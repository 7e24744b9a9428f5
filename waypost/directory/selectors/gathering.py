"""What belongs to several services at once: one query a table, however many services there are."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.expressions import RawSQL

from waypost.directory.models import (
    Accessibility,
    Address,
    CostOption,
    Language,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)

# What no card says: where a row came from, and what has no column (but the seasons of a schedule).
UNREAD = ("source", "source_scope", "source_id", "imported_at", "content_hash")

MAX_PLACES = 50


@dataclass(slots=True)
class Gathered:
    """Rows by the id of what they belong to (service, service at location, location, organization)."""

    services: list[Service] = field(default_factory=list)
    joints: dict[UUID, list[ServiceAtLocation]] = field(default_factory=lambda: defaultdict(list))
    locations: dict[UUID, Location] = field(default_factory=dict)
    of_organization: dict[UUID, list[Location]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[UUID, list[Address]] = field(default_factory=lambda: defaultdict(list))
    accessibility: dict[UUID, list[Accessibility]] = field(default_factory=lambda: defaultdict(list))
    phones: dict[UUID, list[Phone]] = field(default_factory=lambda: defaultdict(list))
    schedules: dict[UUID, list[Schedule]] = field(default_factory=lambda: defaultdict(list))
    languages: dict[UUID, list[Language]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[UUID, list[ServiceArea]] = field(default_factory=lambda: defaultdict(list))
    costs: dict[UUID, list[CostOption]] = field(default_factory=lambda: defaultdict(list))
    told: set[UUID] = field(default_factory=set)

    def places_of(self, service: Service) -> list[Location]:
        """The places where the service is offered; if it names none, its organization's."""
        if not self.joints[service.id]:
            return self.of_organization[service.organization_id]
        ids = dict.fromkeys(joint.location_id for joint in self.joints[service.id])
        named = (self.locations.get(each) for each in ids)
        return [each for each in named if each is not None]

    def open_joints(self, service: Service) -> list[ServiceAtLocation]:
        """The service at its places, but for places of which nothing may be told."""
        return [joint for joint in self.joints[service.id] if joint.location_id in self.told]


def gather(service_ids: Iterable[UUID], *, for_keeper: bool = False) -> Gathered:
    """Read everything that a listing card needs, in about ten queries. What is hidden is left out.

    With ``for_keeper`` what hangs on a confidential place (phone, hours, languages) is read too; for anybody
    else it is not even read, so that no card can tell it.
    """
    found = Gathered()
    found.services = list(
        Service.objects.filter(
            id__in=list(service_ids), hidden_why="", organization__hidden_why=""
        ).select_related("organization", "program")
    )
    services = [service.id for service in found.services]
    organizations = [service.organization_id for service in found.services]
    for joint in ServiceAtLocation.objects.filter(service_id__in=services).order_by("id"):
        found.joints[joint.service_id].append(joint)
    joints = [joint for each in found.joints.values() for joint in each]
    own = [joint.location_id for joint in joints]
    bare = [service.organization_id for service in found.services if not found.joints[service.id]]
    at = _places(own, bare)
    for location in Location.objects.filter(id__in=at, hidden_why="").order_by("name", "id"):
        found.locations[location.id] = location
        if location.organization_id:
            found.of_organization[location.organization_id].append(location)
    found.told = {each.id for each in found.locations.values() if for_keeper or not each.confidential}
    places = list(found.told)
    # Of many places the card tells neither each one's hours nor each one's phone.
    shown = [found.places_of(each) for each in found.services]
    only = [each[0].id for each in shown if len(each) == 1 and each[0].id in found.told]
    first = [each[0].id for each in shown if each and each[0].id in found.told]
    joint_ids = [joint.id for each in found.services for joint in found.open_joints(each)]
    _fill(found.addresses, Address, location=places)
    _fill(found.accessibility, Accessibility, location=places)
    _fill(
        found.phones,
        Phone,
        service=services,
        service_at_location=joint_ids,
        location=first,
        organization=organizations,
    )
    _fill(found.schedules, Schedule, service=services, service_at_location=joint_ids, location=only)
    _fill(found.languages, Language, service=services, location=places)
    _fill(found.areas, ServiceArea, service=services, service_at_location=joint_ids)
    _fill(found.costs, CostOption, service=services)
    return found


def _places(own: Sequence[UUID], organizations: Sequence[UUID]) -> RawSQL:
    """These places, and of each organization those that a card may show, by name.

    As one list: of two lists with an OR between them the database makes a walk through all places.
    """
    return RawSQL(
        "SELECT unnest(%s::uuid[]) UNION ALL"
        " SELECT l.id FROM unnest(%s::uuid[]) o (id) CROSS JOIN LATERAL ("
        "  SELECT id FROM directory_location WHERE organization_id = o.id AND hidden_why = ''"
        "   ORDER BY name, id LIMIT %s) l",
        [list(own), list(set(organizations)), MAX_PLACES],
    )


def _fill(into: dict[UUID, list[Any]], model: type[models.Model], **parents: Sequence[UUID]) -> None:
    """Rows of ``model`` under every one of the parents that they name."""
    asked = {name: set(ids) for name, ids in parents.items() if ids}
    if not asked:
        return
    fields, statement = _statement(model, tuple(asked))
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids) for ids in asked.values()])
        rows = cursor.fetchall()
    for values in rows:
        row: Any = model.from_db(connection.alias, fields, values)
        if model is Schedule:
            row.extra = json.loads(row.extra)
        for name, ids in asked.items():
            parent = getattr(row, f"{name}_id")
            if parent is not None and parent in ids:
                into[parent].append(row)


@cache
def _statement(model: type[models.Model], parents: tuple[str, ...]) -> tuple[list[str], str]:
    """What is read, and how: put together once, not for each of the ten tables of each page."""
    unread = UNREAD if model is Schedule else (*UNREAD, "extra")
    read = [each for each in model._meta.concrete_fields if each.name not in unread]
    columns = ", ".join(f'"{each.column}"' for each in read)
    either = " OR ".join(f'"{name}_id" = ANY(%s)' for name in parents)
    table = model._meta.db_table
    statement = f'SELECT {columns} FROM "{table}" WHERE {either} ORDER BY id'  # noqa: S608 - names of our own
    return [each.attname for each in read], statement
