"""When a service is open at one of its places, said by whoever may change the listing."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from waypost.directory.choices import LOCAL_SOURCE, PLACE_HOURS, ConfirmedHow, FactOf
from waypost.directory.models import FieldFact, Schedule, Service, ServiceAtLocation
from waypost.directory.rules.schedule import Hours
from waypost.directory.services.facts import keep_fact, may_change, say_field
from waypost.directory.services.listings import add_rows, as_schedule
from waypost.directory.services.upkeep import record
from waypost.directory.values import item_of
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused

_NOT_COPIED = ("id", "service", "service_at_location", "source_id", "content_hash", "imported_at")


def say_hours_at_place(
    *,
    actor: Actor,
    service_id: UUID,
    location_id: UUID,
    hours: Sequence[Hours],
    how: str = ConfirmedHow.WEB,
) -> None:
    """When the service is open at this place; no import changes it from then on.

    Where the same hours held at every place until now, the other places keep them as their own. The hours
    of a place that is kept private, and of a victim service, are said by its own keeper or by nobody.
    """
    service = _service(actor, service_id)
    joints = list(ServiceAtLocation.objects.filter(service=service).select_related("location"))
    here = next((each for each in joints if each.location_id == location_id), None)
    if here is None or here.location.hidden_why or here.location.confidential:
        raise NotVisible
    everywhere = list(Schedule.objects.filter(service=service).order_by("id"))
    if everywhere:
        for joint in joints:
            if joint.id != here.id:
                _write(joint, [_copy(row, joint) for row in everywhere])
        say_field(actor=actor, entity=FactOf.SERVICE, row_id=service.id, field="schedules", value=[], how=how)
    _write(here, [_at(here, each) for each in hours])
    said = _timed(service.id) | ({each.id for each in joints} if everywhere else {here.id})
    _mark(actor, service.id, said & {each.id for each in joints}, how)
    record("directory.place_hours", actor, service.id, how=how)


def say_hours_everywhere(*, actor: Actor, service_id: UUID, hours: Sequence[Hours], how: str) -> None:
    """When the service is open at every place, in place of what was said of single ones."""
    service = _service(actor, service_id)
    items = [item_of(FactOf.SERVICE, "schedules", as_schedule(service.id, each)) for each in hours]
    if not items and _timed(service.id):
        raise Refused(_("Write hours that hold at every place, or change those of one place."))
    say_field(actor=actor, entity=FactOf.SERVICE, row_id=service.id, field="schedules", value=items, how=how)
    hours_hold_everywhere(service.id)


def hours_hold_everywhere(service_id: UUID) -> None:
    """After hours were said that hold at every place: what was said of single ones is over."""
    timed = _timed(service_id)
    if timed:
        Schedule.objects.filter(
            service_at_location__in=timed, service_at_location__service=service_id
        ).delete()
        _marks(service_id).delete()


def forget_ended(service_id: UUID) -> None:
    """After places of a service ended: what was said of hours there ended with them."""
    left = _timed(service_id) & set(
        ServiceAtLocation.objects.filter(service=service_id).values_list("pk", flat=True)
    )
    if left:
        _marks(service_id).update(value=sorted(map(str, left)))
    else:
        _marks(service_id).delete()


def _service(actor: Actor, service_id: UUID) -> Service:
    rows = Service.objects.select_for_update(of=("self",)).select_related("organization")
    service = rows.filter(pk=service_id, hidden_why="").first()
    if service is None:
        raise NotVisible
    keeper = service.organization.claimed_by_id
    if service.organization.is_victim_service and (keeper is None or keeper != actor.organization_id):
        raise NotVisible
    if not may_change(actor=actor, claimed_by=keeper):
        raise Refused(_("Only the organization that looks after this listing can change it."))
    return service


def _at(joint: ServiceAtLocation, line: Hours) -> Schedule:
    row = as_schedule(joint.service_id, line)
    row.service_id, row.service_at_location_id = None, joint.id
    return row


def _copy(row: Schedule, joint: ServiceAtLocation) -> Schedule:
    """The same hours at a place, as our own word."""
    said = {
        each.attname: getattr(row, each.attname)
        for each in Schedule._meta.concrete_fields
        if each.name not in _NOT_COPIED
    }
    return Schedule(**said | {"source": LOCAL_SOURCE, "source_scope": "", "service_at_location_id": joint.id})


def _write(joint: ServiceAtLocation, rows: list[Schedule]) -> None:
    Schedule.objects.filter(service_at_location=joint).delete()
    add_rows(Schedule, rows)


def _marks(service_id: UUID) -> QuerySet[FieldFact]:
    return FieldFact.objects.filter(
        entity=FactOf.SERVICE, row_id=service_id, field=PLACE_HOURS, source=LOCAL_SOURCE
    )


def _timed(service_id: UUID) -> set[UUID]:
    """The services at places of which somebody here said the hours."""
    return {
        UUID(each) for value in _marks(service_id).values_list("value", flat=True) for each in value or ()
    }


def _mark(actor: Actor, service_id: UUID, joints: Iterable[UUID], how: str) -> None:
    keep_fact(
        actor=actor,
        entity=FactOf.SERVICE,
        row_id=service_id,
        field=PLACE_HOURS,
        value=sorted(map(str, joints)),
        how=how,
        on=today(),
    )
