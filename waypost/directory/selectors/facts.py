"""What is known of each field of a listing: where it came from, what a machine and what a human found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from waypost.directory.choices import LOCAL_SOURCE, FactOf
from waypost.directory.fields import LISTS
from waypost.directory.models import FieldFact, Location, Organization, Phone, Schedule, Service
from waypost.directory.models.base import Listed
from waypost.directory.rules.safety import hotlines
from waypost.directory.values import children, value_of
from waypost.kernel.errors import NotVisible

# In the order in which somebody asks on the phone.
OF_SERVICE = (
    "name phones email url addresses schedules status capacity_status eligibility_description minimum_age"
    " maximum_age required_documents cost_options fees_description application_process service_areas"
    " languages interpretation_services wait_time description alternate_name fees alert accreditations"
    " licenses assured_date assurer_email capacity_until"
).split()
OF_ORGANIZATION = "name phones email website description".split()
OF_LOCATION = "name addresses phones schedules languages accessibility transportation".split()
OF_VICTIM_SERVICE = ("name",)  # its hotline is told by the card, its other numbers by nobody
# A service without a word of its own here is read with that of its organization.
BORROWED = {"phones": "phones", "email": "email", "url": "website"}


@dataclass(frozen=True, slots=True)
class FieldState:
    """One field. ``entity``, ``row_id`` and ``column`` name where it is held: of a service without phones of
    its own, at its place or its organization. ``others``: what further sources say, where it differs."""

    field: str
    entity: str
    row_id: UUID
    column: str
    value: Any
    source: str
    imported_at: datetime | None
    checked_at: datetime | None = None
    check_result: str = ""
    confirmed_on: date | None = None
    confirmed_how: str = ""
    confirmed_by: str = ""
    others: tuple[tuple[str, Any], ...] = ()

    @property
    def conflict(self) -> bool:
        """Whether sources say different things."""
        return bool(self.others)


def field_states(service_id: UUID) -> tuple[FieldState, ...]:
    """The fields of a service, each where it is held. Raises NotVisible for one that is not listed.

    Of a victim service there is its name, and nothing else.
    """
    service = (
        Service.objects.filter(pk=service_id, hidden_why="", organization__hidden_why="")
        .select_related("organization")
        .first()
    )
    if service is None:
        raise NotVisible
    hidden = service.organization.is_victim_service
    wanted = OF_VICTIM_SERVICE if hidden else tuple(OF_SERVICE)
    held = [(name, *holder) for name in wanted if (holder := _holder(service, name, hidden))]
    facts = _facts([row for _name, _entity, row, _field in held])
    states = tuple(_state(entity, row, field, facts, shown=name) for name, entity, row, field in held)
    return tuple(_told(each) for each in states) if hidden else states


def _told(state: FieldState) -> FieldState:
    """Of a victim service's numbers the hotline alone, and nothing of what other sources say."""
    value = hotlines(state.value) if state.column == "phones" else state.value
    return replace(state, value=value, others=())


def row_states(entity: str, row: Listed, fields: Iterable[str]) -> tuple[FieldState, ...]:
    """The same for the fields of any one row of the directory's own."""
    facts = _facts([row])
    return tuple(_state(entity, row, field, facts, shown=field) for field in fields)


def place_states(location_id: UUID) -> tuple[FieldState, ...]:
    """The fields of a place; of a confidential one, or one of a victim service, there are none."""
    place = Location.objects.filter(pk=location_id, hidden_why="", confidential=False).first()
    if place is None or (place.organization and place.organization.is_victim_service):
        raise NotVisible
    return row_states(FactOf.LOCATION, place, OF_LOCATION)


def organization_states(organization_id: UUID) -> tuple[FieldState, ...]:
    """The fields of a listed organization."""
    found = Organization.objects.filter(pk=organization_id, hidden_why="").first()
    if found is None:
        raise NotVisible
    wanted = OF_VICTIM_SERVICE if found.is_victim_service else OF_ORGANIZATION
    states = row_states(FactOf.ORGANIZATION, found, wanted)
    return tuple(_told(each) for each in states) if found.is_victim_service else states


def _holder(service: Service, name: str, hidden: bool) -> tuple[str, Listed, str] | None:
    """The row whose word is shown for this field of the service, and the field's name there.

    The address is that of the one place a service has, where that may be told; else there is none.
    """
    own = (FactOf.SERVICE.value, service, name)
    if name == "addresses":
        places = [] if hidden else list(Location.objects.filter(at_services__service=service)[:2])
        told = len(places) == 1 and not places[0].confidential and not places[0].hidden_why
        return (FactOf.LOCATION.value, places[0], name) if told else None
    if name in ("phones", "schedules"):
        model = Phone if name == "phones" else Schedule
        at_joints = Q(service=service) | Q(service_at_location__service=service)
        if model._default_manager.filter(at_joints).exists():
            return own
        if not hidden and (place := _place_with(model, service)):
            return FactOf.LOCATION.value, place, name
    if name in BORROWED and not (name != "phones" and getattr(service, name)):
        organization, field = service.organization, BORROWED[name]
        if field in LISTS[FactOf.ORGANIZATION]:
            filled = children(FactOf.ORGANIZATION, organization.id, field).exists()
        else:
            filled = bool(getattr(organization, field))
        if filled:
            return FactOf.ORGANIZATION.value, organization, field
    return own


def _place_with(model: type[Phone] | type[Schedule], service: Service) -> Location | None:
    """The one place that speaks for the service; a confidential one never does."""
    places = list(
        Location.objects.filter(at_services__service=service, hidden_why="").order_by("name", "id")[:2]
    )
    if not places or places[0].confidential or (model is Schedule and len(places) > 1):
        return None
    return places[0] if model._default_manager.filter(location=places[0]).exists() else None


def _facts(rows: Iterable[Listed]) -> dict[tuple[UUID, str], list[FieldFact]]:
    found: dict[tuple[UUID, str], list[FieldFact]] = {}
    ids = {row.id for row in rows}
    for fact in FieldFact.objects.filter(row_id__in=ids).select_related("confirmed_by").order_by("source"):
        found.setdefault((fact.row_id, fact.field), []).append(fact)
    return found


def _state(
    entity: str, row: Listed, field: str, facts: dict[tuple[UUID, str], list[FieldFact]], *, shown: str
) -> FieldState:
    known = [each for each in facts.get((row.id, field), []) if each.entity == entity]
    value = value_of(entity, row, field)
    here = next((each for each in known if each.source == LOCAL_SOURCE and each.value == value), None)
    stands = here or next((each for each in known if each.value == value), None)
    source = stands.source if stands else row.source
    told = [each for each in known if each.value != value and each.source != LOCAL_SOURCE]
    checked = max(((each.checked_at, each.check_result) for each in known if each.checked_at), default=None)
    return FieldState(
        field=shown,
        entity=entity,
        row_id=row.id,
        column=field,
        value=value,
        source=source,
        imported_at=stands.imported_at if stands and stands.imported_at else row.imported_at,
        checked_at=checked[0] if checked else None,
        check_result=checked[1] if checked else "",
        confirmed_on=here.confirmed_on if here else None,
        confirmed_how=here.confirmed_how if here else "",
        confirmed_by=here.confirmed_by.name if here and here.confirmed_by else "",
        others=tuple((each.source, each.value) for each in told),
    )
