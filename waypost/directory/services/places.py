"""Places of an organization, and which service is offered where; said by whoever keeps the listing."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import (
    LOCAL_SOURCE,
    PLACES,
    PRIVATE,
    REMOVED,
    FactOf,
)
from waypost.directory.fields import items_from_json
from waypost.directory.models import (
    Location,
    Proposal,
    ProposalStatus,
    Service,
    ServiceAtLocation,
)
from waypost.directory.services.entries import PlaceEntry
from waypost.directory.services.facts import keep_mark, write_list
from waypost.directory.services.hiding import settle_hidden
from waypost.directory.services.listings import create_location
from waypost.directory.services.own import own_place, own_row, owner_of
from waypost.directory.services.place_hours import forget_ended
from waypost.directory.services.private import hide_places
from waypost.directory.services.proposals import Changed, Wish, change_own, propose, tell_staff
from waypost.directory.services.upkeep import own_service, record
from waypost.directory.zips import known_zones
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused

VIRTUAL = "virtual"


def add_place(
    *,
    actor: Actor,
    organization_id: UUID,
    place: PlaceEntry,
    service_ids: Iterable[UUID] = (),
    zone: str = "",
) -> tuple[UUID, Changed]:
    """A new place, with the services that are offered there. Its address is looked at before it is shown,

    unless it is kept private from the beginning.
    """
    own_row(actor, FactOf.ORGANIZATION, organization_id)
    if not any((place.name.strip(), place.address_1.strip(), place.city.strip())):
        raise Refused(_("Give the place a name or an address."), field="address_1")
    bare = (
        place
        if place.confidential
        else replace(place, address_1="", address_2="", city="", state_province="", postal_code="")
    )
    made = create_location(organization_id=organization_id, place=bare)
    set_time_zone(actor=actor, location_id=made, zone=zone)
    changed = Changed((), ())
    if place.confidential:
        hide_places(actor, [made])
    elif items := _address_items(place):
        changed = change_own(actor=actor, entity=FactOf.LOCATION, row_id=made, values={"addresses": items})
    for service_id in service_ids:
        offer_at(actor=actor, service_id=service_id, location_id=made)
    record("directory.place", actor, made)
    return made, changed


def set_time_zone(*, actor: Actor, location_id: UUID, zone: str) -> None:
    """By which clocks the hours of a place are meant; '' for those of its ZIP code."""
    row = own_place(actor, location_id)
    if zone and zone not in known_zones():
        raise Refused(_("Choose a time zone."), field="time_zone")
    row.time_zone = zone
    row.save(update_fields=["time_zone"])


def keep_private(*, actor: Actor, location_id: UUID) -> None:
    """No page, map, export or search tells the address from this moment on. A wish for another address

    that waits is written first: nobody else has to look at what nobody else reads.
    """
    row = own_place(actor, location_id)
    wish = Proposal.objects.filter(
        entity=FactOf.LOCATION, row_id=row.id, field="addresses", status=ProposalStatus.WAITING
    ).first()
    if wish is not None:
        write_list(
            FactOf.LOCATION, row.id, "addresses", items_from_json(FactOf.LOCATION, "addresses", wish.new)
        )
    hide_places(actor, [row.id])
    record("directory.confidential", actor, row.id, confidential="yes")


def ask_to_show(*, actor: Actor, location_id: UUID) -> None:
    """Showing an address again cannot be taken back, so the network's staff look at it first."""
    row = own_place(actor, location_id)
    if not row.confidential:
        raise Refused(_("This address is shown already."))
    owner = owner_of(row)
    if owner is None:
        raise NotVisible
    propose(actor, row, owner, Wish(PRIVATE, True, False))
    tell_staff(actor, row.id)


def set_places(*, actor: Actor, service_id: UUID, location_ids: Iterable[UUID]) -> None:
    """Say at which places a service is offered; at none: by phone, online, or at people's homes.

    No import adds a place to it, or brings one back, from then on.
    """
    service = own_service(actor, service_id)
    wanted = list(dict.fromkeys(location_ids))
    there = set(_places_now(service))
    allowed = there | set(
        Location.objects.filter(
            organization_id=service.organization_id, hidden_why="", merged_into=None
        ).values_list("pk", flat=True)
    )
    if not set(wanted) <= allowed:
        raise NotVisible
    if not wanted:
        wanted = [_nowhere(service)]
    joints = ServiceAtLocation.objects.filter(service=service)
    joints.exclude(location_id__in=wanted).delete()
    forget_ended(service.id)
    known = set(joints.values_list("location_id", flat=True))
    for each in wanted:
        if each not in known:
            ServiceAtLocation.objects.create(service=service, location_id=each)
    joints.update(source=LOCAL_SOURCE)
    keep_mark(actor=actor, entity=FactOf.SERVICE, row_id=service.id, field=PLACES)
    record("directory.service_places", actor, service.id)


def remove_place(*, actor: Actor, location_id: UUID) -> None:
    """Delete a place at which nothing is offered: it is shown nowhere, and no feed brings it back.

    Those who keep a copy of the directory read a tombstone; the network's staff can show it again.
    """
    row = own_place(actor, location_id)
    owner = owner_of(row)
    there = Service.objects.filter(hidden_why="")
    joined = there.filter(at_locations__location=row)
    bare = there.filter(organization=owner, at_locations=None) if row.location_type != VIRTUAL else joined
    if (joined | bare).exists():
        raise Refused(_("Something is offered here. Say first that it is not here any more."))
    keep_mark(actor=actor, entity=FactOf.LOCATION, row_id=row.id, field=REMOVED)
    wishes = Proposal.objects.filter(entity=FactOf.LOCATION, row_id=row.id, status=ProposalStatus.WAITING)
    wishes.update(status=ProposalStatus.WITHDRAWN, decided_at=now(), decided_by=actor.name)
    settle_hidden(FactOf.LOCATION, [row.id])
    record("directory.remove_place", actor, row.id)


def offer_at(*, actor: Actor, service_id: UUID, location_id: UUID) -> None:
    """The service is offered at this place too."""
    service = own_service(actor, service_id)
    now = [each for each in _places_now(service) if not _is_nowhere(each)]
    set_places(actor=actor, service_id=service_id, location_ids=[*now, location_id])


def end_at_place(*, actor: Actor, service_id: UUID, location_id: UUID) -> None:
    """The service is not offered at this place any more; where it was the only one, at none."""
    service = own_service(actor, service_id)
    now = _places_now(service)
    if location_id not in now:
        raise NotVisible
    left = [each for each in now if each != location_id]
    set_places(actor=actor, service_id=service_id, location_ids=left)


def _places_now(service: Service) -> list[UUID]:
    """Where it is offered; a service that names no place is read with all those of its organization."""
    joints = list(
        ServiceAtLocation.objects.filter(service=service).order_by("id").values_list("location_id", flat=True)
    )
    if joints:
        return joints
    rows = Location.objects.filter(organization_id=service.organization_id, hidden_why="", merged_into=None)
    return list(rows.order_by("name", "id").values_list("pk", flat=True))


def _nowhere(service: Service) -> UUID:
    """The place that stands for no place (HSDS location_type "virtual")."""
    known = Location.objects.filter(
        organization_id=service.organization_id, location_type=VIRTUAL, hidden_why="", addresses__isnull=True
    ).first()
    if known:
        return known.id
    return create_location(organization_id=service.organization_id, place=PlaceEntry(location_type=VIRTUAL))


def _is_nowhere(location_id: UUID) -> bool:
    return Location.objects.filter(pk=location_id, location_type=VIRTUAL).exists()


def _address_items(place: PlaceEntry) -> list[dict[str, str]]:
    parts = {
        name: getattr(place, name).strip()
        for name in ("address_1", "address_2", "city", "state_province", "postal_code")
    }
    filled = {name: value for name, value in parts.items() if value}
    return [filled | {"country": "US", "address_type": "physical"}] if filled else []
