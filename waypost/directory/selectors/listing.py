"""Listing cards: for a referral, for lists, and the page of one service."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from waypost.directory.cards import ContactCard, ListingCard, PhoneCard, PlaceCard, ServicePage
from waypost.directory.choices import Capacity, CoordinatesStatus, HowToReach
from waypost.directory.models import (
    Contact,
    Location,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
)
from waypost.directory.rules.area import Place
from waypost.directory.rules.hours import Hours, OpenKind, OpenState, open_state
from waypost.directory.rules.markup import as_plain_words
from waypost.directory.rules.reach import contact_is_confirmed, effective_reach
from waypost.directory.rules.shapes import read_shape
from waypost.directory.selectors.gathering import MAX_PLACES, Gathered, gather
from waypost.directory.selectors.merged import kept_services
from waypost.directory.selectors.taxonomies import terms_of_service
from waypost.directory.words import hours_lines, open_words
from waypost.directory.zips import known_zones, zip_time_zone
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible

EARTH_MILES = 3958.8


def listing_for_referral(service_id: UUID, *, near: Place | None = None) -> ListingCard:
    """The card of one service. Raises NotVisible when there is no such service."""
    found = listings([service_id], near=near)
    if service_id not in found:
        raise NotVisible
    return found[service_id]


def listings(
    service_ids: Iterable[UUID], *, near: Place | None = None, at: datetime | None = None
) -> dict[UUID, ListingCard]:
    """Cards by the id asked for: of a merged service, that of the one shown in its place.

    Ids that are not in the directory are left out.
    """
    asked = set(service_ids)
    cards = _cards(asked, near, at or now())
    elsewhere = kept_services(asked - set(cards)) if len(cards) < len(asked) else {}
    kept = _cards(set(elsewhere.values()) - set(cards), near, at or now()) if elsewhere else {}
    for service_id, instead in elsewhere.items():
        if card := (cards | kept).get(instead):
            cards[service_id] = card
    return cards


def _cards(service_ids: Iterable[UUID], near: Place | None, at: datetime) -> dict[UUID, ListingCard]:
    found = gather(service_ids)
    return {service.id: _shown(service, found, near, at) for service in found.services}


def own_service_page(service_id: UUID, participant_id: UUID) -> ServicePage:
    """The service for the participant that looks after it.

    Raises NotVisible for another's and for none alike: nothing of it is read before its keeper is known.
    """
    if not Service.objects.filter(pk=service_id, organization__claimed_by_id=participant_id).exists():
        raise NotVisible
    return service_page(service_id, for_keeper=True)


def service_page(service_id: UUID, *, near: Place | None = None, for_keeper: bool = False) -> ServicePage:
    """Everything about one service; of a victim service its hotline alone, except to whoever keeps it.

    Raises NotVisible when there is no such service.
    """
    found = gather([service_id], for_keeper=for_keeper)
    if not found.services:
        raise NotVisible
    service = found.services[0]
    organization = service.organization
    if organization.is_victim_service and not for_keeper:
        return ServicePage(_shown(service, found, near, now()), "", "", "", (), (), (), "", ())
    others = (
        Service.objects.filter(organization_id=organization.id, hidden_why="")
        .exclude(id=service_id)
        .order_by("name")[:50]
    )
    return ServicePage(
        listing=_card(service, found, near, now()),
        organization_description=as_plain_words(organization.description),
        organization_website=organization.website,
        program=service.program.name if service.program else "",
        contacts=_contacts(service, found),
        required_documents=tuple(
            RequiredDocument.objects.filter(service=service)
            .exclude(document="")
            .order_by("id")
            .values_list("document", flat=True)
        ),
        terms=terms_of_service(service_id),
        wait_time=service.wait_time,
        other_services=tuple(others.values_list("id", "name")),
    )


def _shown(service: Service, found: Gathered, near: Place | None, at: datetime) -> ListingCard:
    """The card as anybody may have it: of a victim service its hotline, and what it helps with."""
    card = _card(service, found, near, at)
    if not card.is_victim_service:
        return card
    return replace(
        card,
        description="",
        alert="",
        how_to_reach=HowToReach.PHONE,
        capacity_status=Capacity.UNKNOWN,
        capacity_until=None,
        capacity_left=None,
        next_capacity=None,
        referrals_a_week=None,
        referral_words="",
        phones=_hotline(service, found),
        website="",
        email="",
        languages=(),
        language_codes=(),
        interpretation="",
        hours=(),
        hours_lines=(),
        open_state=OpenState(OpenKind.NOT_KNOWN),
        open_words="",
        cost="",
        eligibility="",
        minimum_age=None,
        maximum_age=None,
        application_process="",
        areas=(),
        served=(),
        places=(),
        place_known=False,
    )


def _card(service: Service, found: Gathered, near: Place | None, at: datetime) -> ListingCard:
    organization = service.organization
    locations = found.places_of(service)[:MAX_PLACES]
    places = _places(service, locations, found, near)
    hours = _hours(service, locations, found)
    zone = _zone(locations, found)
    state = open_state(hours, at, zone)
    languages = [
        row for key in (service.id, *(each.id for each in locations)) for row in found.languages[key]
    ]
    return ListingCard(
        id=service.id,
        service_name=service.name,
        organization_id=organization.id,
        organization_name=organization.name,
        claimed_by=organization.claimed_by_id,
        is_victim_service=organization.is_victim_service,
        description=as_plain_words(service.description),
        status=service.status,
        alert=as_plain_words(service.alert),
        phones=_phones(service, locations, found),
        website=service.url or organization.website,
        email=service.email or organization.email,
        how_to_reach=effective_reach(service.how_to_reach, kept=organization.claimed_by_id is not None),
        capacity_status=_capacity(service),
        need_categories=tuple(service.need_categories),
        languages=tuple(dict.fromkeys(row.name for row in languages if row.name)),
        language_codes=tuple(dict.fromkeys(row.code for row in languages if row.code)),
        interpretation=service.interpretation_services,
        hours=hours,
        hours_lines=hours_lines(hours),
        open_state=state,
        open_words=open_words(state, at, ZoneInfo(zone)),
        cost=_cost(service, found),
        eligibility=as_plain_words(service.eligibility_description),
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        application_process=as_plain_words(service.application_process),
        areas=_areas(service, found),
        served=_served(service, found),
        places=places,
        place_known=any(place.latitude is not None for place in places),
        confirmed_on=service.confirmed_on,
        confirmed_how=service.confirmed_how,
        imported_at=service.imported_at,
        expires_on=service.expires_on,
        source=service.source,
        doubted=service.doubted_at is not None,
        contact_confirmed=contact_is_confirmed(service.contact_confirmed_on, today=today()),
        contact_confirmed_on=service.contact_confirmed_on,
        capacity_until=None if _is_over(service) else service.capacity_until,
        capacity_left=None if _is_over(service) else service.capacity_left,
        next_capacity=(service.next_capacity_status, service.next_capacity_from, service.next_capacity_until)
        if service.next_capacity_from
        else None,
        referrals_a_week=service.referrals_a_week,
        referral_words=service.referral_words,
    )


def _capacity(service: Service) -> str:
    """Whether it takes people; what was said up to a day is not known any more after it."""
    return Capacity.UNKNOWN if _is_over(service) else service.capacity_status


def _is_over(service: Service) -> bool:
    return service.capacity_until is not None and service.capacity_until < today()


def _places(
    service: Service, locations: list[Location], found: Gathered, near: Place | None
) -> tuple[PlaceCard, ...]:
    borrowed = not found.joints[service.id]
    hidden = service.organization.is_victim_service
    timed = {} if hidden else _hours_by_place(service, found)
    cards = [
        replace(
            _place(each, found, near, hidden or each.confidential, borrowed), hours=timed.get(each.id, ())
        )
        for each in locations
    ]
    return tuple(sorted(cards, key=lambda card: (card.miles is None, card.miles or 0.0)))


def _place(
    location: Location, found: Gathered, near: Place | None, hidden: bool, borrowed: bool
) -> PlaceCard:
    """A hidden place keeps nothing by which it could be found, its distance included."""
    if hidden:
        return PlaceCard(location.id, "", "", "", "", None, None, "", (), True, False, borrowed)
    rows = found.addresses[location.id]
    address = next((row for row in rows if row.address_type != "postal"), rows[0] if rows else None)
    known = location.coordinates_status == CoordinatesStatus.GIVEN
    latitude, longitude = (location.latitude, location.longitude) if known else (None, None)
    return PlaceCard(
        id=location.id,
        name=location.name,
        address=", ".join(part for part in (address.address_1, address.address_2) if part) if address else "",
        city=", ".join(part for part in (address.city, address.state_province) if part) if address else "",
        postal_code=address.postal_code if address else "",
        latitude=latitude,
        longitude=longitude,
        transportation=location.transportation,
        accessibility=tuple(row.description for row in found.accessibility[location.id] if row.description),
        confidential=False,
        virtual=location.location_type == "virtual",
        of_the_organization=borrowed,
        miles=miles_between(near, latitude, longitude),
    )


def miles_between(near: Place | None, latitude: float | None, longitude: float | None) -> float | None:
    """Great-circle distance (haversine) in miles; None where either end is not known."""
    if near is None or None in (near.latitude, near.longitude, latitude, longitude):
        return None
    here, there = radians(near.latitude or 0), radians(latitude or 0)
    over, along = there - here, radians((longitude or 0) - (near.longitude or 0))
    chord = sin(over / 2) ** 2 + cos(here) * cos(there) * sin(along / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(chord)))


def _hours(service: Service, locations: list[Location], found: Gathered) -> tuple[Hours, ...]:
    """The service's own hours; else those at its places, then those of the one place it has."""
    rows = found.schedules[service.id]
    if not rows:
        rows = [row for joint in found.joints[service.id] for row in found.schedules[joint.id]]
    if not rows and len(locations) == 1:
        rows = found.schedules[locations[0].id]
    return tuple(_as_hours(row) for row in rows)


def _hours_by_place(service: Service, found: Gathered) -> dict[UUID, tuple[Hours, ...]]:
    """By place: when the service is open there. Hours of its own go before those everywhere."""
    if found.schedules[service.id]:
        return {}
    return {
        joint.location_id: tuple(_as_hours(row) for row in found.schedules[joint.id])
        for joint in found.open_joints(service)
    }


def _as_hours(row: Schedule) -> Hours:
    every_year = row.extra.get("every_year")
    yearly = (str(every_year["from"]), str(every_year["to"])) if isinstance(every_year, dict) else None
    return Hours(
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        freq=row.freq,
        byday=row.byday,
        bymonthday=row.bymonthday,
        byweekno=row.byweekno,
        byyearday=row.byyearday,
        interval=row.interval,
        count=row.count,
        wkst=row.wkst,
        dtstart=row.dtstart,
        until=row.until,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        timezone=row.timezone,
        holiday=row.holiday,
        closed=row.closed,
        yearly=yearly,
        words=" ".join(part for part in (row.description, row.notes) if part),
    )


def _zone(locations: list[Location], found: Gathered) -> str:
    for location in locations:
        if location.id in found.told and location.time_zone in known_zones():
            return location.time_zone
        for address in found.addresses[location.id]:
            if zone := zip_time_zone(address.postal_code):
                return zone
    return str(settings.TIME_ZONE)


def _phones(service: Service, locations: list[Location], found: Gathered) -> tuple[PhoneCard, ...]:
    """The service's own numbers; else those of its places; else its organization's. Faxes come last."""
    joints = [joint.id for joint in found.joints[service.id]]
    nearest = [[service.id], joints, [each.id for each in locations][:1], [service.organization_id]]
    for keys in nearest:
        rows = [row for key in keys for row in found.phones[key]]
        if rows:
            cards = [_phone(row) for row in sorted(rows, key=lambda row: row.type.lower() == "fax")]
            return tuple(dict.fromkeys(cards))
    return ()


def _hotline(service: Service, found: Gathered) -> tuple[PhoneCard, ...]:
    """What is named a hotline; else one number on which one can talk, and never that of a place."""
    rows = [row for key in (service.id, service.organization_id) for row in found.phones[key]]
    named = [row for row in rows if "hotline" in f"{row.type} {row.description}".lower()]
    spoken = [row for row in rows if row.type.lower() in ("", "voice", "text", "sms", "cell")][:1]
    return tuple(dict.fromkeys(_phone(row) for row in named or spoken))


def _phone(row: Phone) -> PhoneCard:
    return PhoneCard(row.number, row.extension, row.type, row.description)


def _cost(service: Service, found: Gathered) -> str:
    words = as_plain_words(str(service.fees_description or service.fees))
    if words:
        return words
    lines = []
    for row in found.costs[service.id]:
        amount = f"{row.amount:.2f} {row.currency.upper()}".strip() if row.amount is not None else ""
        lines.append(" ".join(part for part in (row.option, amount, row.amount_description) if part))
    return "; ".join(line for line in lines if line)


def _areas(service: Service, found: Gathered) -> tuple[str, ...]:
    """In words, for people."""
    return tuple(dict.fromkeys(each for each in map(_area_words, _area_rows(service, found)) if each))


def _served(service: Service, found: Gathered) -> tuple[str, ...]:
    """As the rules read them: the shape where there is one, else the words."""
    rows = _area_rows(service, found)
    texts = (row.extent if read_shape(row.extent) else _area_words(row) for row in rows)
    return tuple(dict.fromkeys(each for each in texts if each))


def _area_rows(service: Service, found: Gathered) -> list[ServiceArea]:
    keys = [service.id, *(joint.id for joint in found.joints[service.id])]
    return [row for key in keys for row in found.areas[key]]


def _area_words(row: ServiceArea) -> str:
    return " ".join(part for part in (row.name, row.description) if part)


def _contacts(service: Service, found: Gathered) -> tuple[ContactCard, ...]:
    """Named contacts of the service; of its organization when it has none."""
    joints = [joint.id for joint in found.open_joints(service)]
    rows = list(Contact.objects.filter(service_id=service.id)) + list(
        Contact.objects.filter(service_at_location_id__in=joints, service_id__isnull=True)
    )
    rows = rows or list(Contact.objects.filter(organization_id=service.organization_id)[:20])
    numbers: dict[UUID | None, list[PhoneCard]] = {}
    for phone in Phone.objects.filter(contact_id__in=[row.id for row in rows]):
        numbers.setdefault(phone.contact_id, []).append(_phone(phone))
    return tuple(
        ContactCard(row.name, row.title, row.department, row.email, tuple(numbers.get(row.id, [])))
        for row in rows
    )
