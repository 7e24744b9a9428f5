"""A place kept private: at once and everywhere, and whatever its feed says afterwards."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.community import FOOD, Community
from tests.rooms.directory.feeds import bring, organization, phone, row_id, service
from tests.web.planted import told
from waypost.directory import services
from waypost.directory.models import (
    Address,
    Conflict,
    FieldFact,
    Location,
    Organization,
    Proposal,
    Schedule,
    ServiceAtLocation,
)
from waypost.directory.models.base import Row
from waypost.directory.selectors import SearchQuery, listing_for_referral, own_place, search
from waypost.directory.services.private import hold_back_private
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db

SECRET = "9 Quokka Lane"
SERVICE, OWNER = row_id("alpha", "services", "s"), row_id("alpha", "organizations", "o")
PLACE = row_id("alpha", "locations", "l")
ADDRESS = {"id": "a", "location_id": "l", "city": "Seattle", "postal_code": "98144"}


def place(source_id: str = "l", **more: Any) -> Mapping[str, Any]:
    point = {"latitude": 41.876543, "longitude": -71.384321}
    return {"id": source_id, "organization_id": "o", "name": "Hall", **point, **more}


def feed(street: str = SECRET, **more: Any) -> None:
    tables: dict[str, Any] = {
        "organizations": [organization()],
        "services": [service(need_categories=[FOOD])],
        "locations": [place()],
        "service_at_locations": [{"id": "j", "service_id": "s", "location_id": "l"}],
        "addresses": [ADDRESS | {"address_1": street}],
    }
    bring("alpha", **(tables | more))


@pytest.fixture
def kept(community: Community) -> Community:
    """Sam keeps the listing of the feed."""
    feed()
    Organization.objects.filter(pk=OWNER).update(claimed_by=community.bank)
    return community


def everywhere_else() -> list[str]:
    """Whether the address stands in any table but those of the listing itself."""
    own = {each._meta.db_table for each in Row.__subclasses__() for each in (each, *each.__subclasses__())}
    found = []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if table not in own:
                cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")  # noqa: S608 - a table
                if told(cursor.fetchone()[0] or ""):
                    found.append(table)
    return found


def test_it_acts_at_once_and_everywhere(kept: Community) -> None:
    before = search(SearchQuery(words="pantry", zip="02860", radius_miles=25))
    assert [hit.miles is not None for hit in before.hits if hit.listing.id == SERVICE] == [True]
    address = [ADDRESS | {"address_1": "10 Quokka Lane"}]
    items = [
        {name: value for name, value in each.items() if name not in ("id", "location_id")} for each in address
    ]
    services.change_own(actor=kept.sam, entity="location", row_id=PLACE, values={"addresses": items})
    services.keep_private(actor=kept.sam, location_id=PLACE)
    card = listing_for_referral(SERVICE)
    assert told(repr(card)) == []
    assert [each.confidential for each in card.places] == [True]
    after = search(SearchQuery(words="pantry", zip="02860", radius_miles=25))
    assert [hit.miles for hit in after.hits if hit.listing.id == SERVICE] == [None]
    assert everywhere_else() == []
    # what waited for review stands now, for its keeper alone
    assert own_place(kept.bank, PLACE).values["addresses"][0]["address_1"] == "10 Quokka Lane"
    assert Proposal.objects.get().status == "withdrawn"


def test_an_import_brings_nothing_of_it_back(kept: Community) -> None:
    services.keep_private(actor=kept.sam, location_id=PLACE)
    feed(
        "11 Quokka Lane",
        locations=[place(name="Quokka Hall", transportation="Bus to Quokka Lane")],
        phones=[phone("206-555-0177", location_id="l")],
        languages=[{"id": "g", "phone_id": "p", "name": "Spanish"}],
    )
    row = Location.objects.get(pk=PLACE)
    assert (row.confidential, row.name, row.transportation) == (True, "Hall", "")
    assert list(Address.objects.filter(location=row).values_list("address_1", flat=True)) == [SECRET]
    assert told(repr(listing_for_referral(SERVICE))) == []
    assert everywhere_else() == []
    assert not Conflict.objects.exists()


def test_the_same_address_under_another_id_is_private_too(kept: Community) -> None:
    services.keep_private(actor=kept.sam, location_id=PLACE)
    feed(
        locations=[place("new", latitude=None, longitude=None, coordinates_status="missing")],
        service_at_locations=[{"id": "k", "service_id": "s", "location_id": "new"}],
        addresses=[ADDRESS | {"id": "b", "location_id": "new", "address_1": "9 Quokka Ln."}],
    )
    made = Location.objects.get(pk=row_id("alpha", "locations", "new"))
    assert made.imported_at is not None
    assert hold_back_private(source="alpha", at=made.imported_at) == 1
    assert told(repr(listing_for_referral(SERVICE))) == []
    other = Location.objects.get(pk=PLACE)
    assert hold_back_private(source="alpha", at=now() + timedelta(days=1)) == 0 and other.confidential


def test_it_is_shown_again_only_when_the_staff_agree(kept: Community) -> None:
    services.keep_private(actor=kept.sam, location_id=PLACE)
    services.ask_to_show(actor=kept.sam, location_id=PLACE)
    assert told(repr(listing_for_referral(SERVICE))) == []
    services.decide_proposal(actor=kept.ivy, proposal_id=Proposal.objects.get().pk, approve=True)
    assert listing_for_referral(SERVICE).places[0].address == SECRET
    feed("12 Pine St")
    assert listing_for_referral(SERVICE).places[0].address == "12 Pine St"


def test_a_change_of_a_private_address_leaves_no_copy(kept: Community) -> None:
    services.keep_private(actor=kept.sam, location_id=PLACE)
    values = {"addresses": [{"address_1": "5 Quokka Row", "city": "Seattle"}], "name": "Quokka House"}
    changed = services.change_own(actor=kept.sam, entity="location", row_id=PLACE, values=values)
    assert changed.waiting == ()
    assert everywhere_else() == []
    assert own_place(kept.bank, PLACE).values["addresses"] == values["addresses"]


def test_an_address_is_looked_at_and_then_off_the_map(kept: Community) -> None:
    items = [{"address_1": "1 Pine St", "city": "Seattle", "postal_code": "98144"}]
    changed = services.change_own(
        actor=kept.sam,
        entity="location",
        row_id=PLACE,
        values={"addresses": items, "transportation": "Bus 7"},
    )
    assert (changed.at_once, changed.waiting) == (("transportation",), ("addresses",))
    assert listing_for_referral(SERVICE).places[0].address == SECRET
    services.decide_proposal(actor=kept.ivy, proposal_id=Proposal.objects.get().pk, approve=True)
    shown = listing_for_referral(SERVICE).places[0]
    assert (shown.address, shown.latitude, shown.transportation) == ("1 Pine St", None, "Bus 7")
    feed("77 Elsewhere Rd")
    assert listing_for_referral(SERVICE).places[0].address == "1 Pine St"


def test_others_places_are_not_theirs_to_change(kept: Community) -> None:
    for write in (
        lambda: services.keep_private(actor=kept.olga, location_id=PLACE),
        lambda: services.ask_to_show(actor=kept.olga, location_id=PLACE),
        lambda: services.set_places(actor=kept.olga, service_id=SERVICE, location_ids=[]),
        lambda: services.end_at_place(actor=kept.olga, service_id=SERVICE, location_id=PLACE),
        lambda: services.set_time_zone(actor=kept.olga, location_id=PLACE, zone="Pacific/Guam"),
    ):
        with pytest.raises((Refused, NotVisible)):
            write()
    with pytest.raises(NotVisible):
        own_place(kept.stranger, PLACE)


# where a service is offered


def at() -> set[UUID]:
    rows = ServiceAtLocation.objects.filter(service_id=SERVICE)
    return set(rows.values_list("location_id", flat=True))


def test_a_service_that_ended_at_a_place_does_not_come_back_with_the_feed(kept: Community) -> None:
    annex, _changed = services.add_place(
        actor=kept.sam,
        organization_id=OWNER,
        place=services.PlaceEntry(name="Annex"),
        service_ids=[SERVICE],
    )
    assert at() == {PLACE, annex}
    services.end_at_place(actor=kept.sam, service_id=SERVICE, location_id=PLACE)
    feed(
        service_at_locations=[{"id": "j", "service_id": "s", "location_id": "l", "description": "New"}],
        schedules=[{"id": "h", "service_at_location_id": "j", "description": "Mondays"}],
        phones=[phone("206-555-0111", service_at_location_id="j")],
    )
    assert at() == {annex}
    assert not Schedule.objects.filter(source="alpha").exists()


def test_a_place_that_stays_keeps_what_hangs_on_it(kept: Community) -> None:
    services.set_places(actor=kept.sam, service_id=SERVICE, location_ids=[PLACE])
    feed(schedules=[{"id": "h", "service_at_location_id": "j", "description": "Mondays"}])
    bring("alpha", complete=True, even_if_many=True, organizations=[organization()],
          services=[service(need_categories=[FOOD])], locations=[place()])  # fmt: skip
    assert at() == {PLACE}


def test_a_service_without_a_place_borrows_none(kept: Community) -> None:
    services.set_places(actor=kept.sam, service_id=SERVICE, location_ids=[])
    feed()
    card = listing_for_referral(SERVICE)
    assert [(each.virtual, each.address) for each in card.places] == [(True, "")]
    hits = search(SearchQuery(words="pantry", zip="98144", radius_miles=1)).hits
    assert SERVICE in {hit.listing.id for hit in hits}  # virtual services are always eligible


def test_the_last_place_that_ends_leaves_a_service_without_one(kept: Community) -> None:
    services.end_at_place(actor=kept.sam, service_id=SERVICE, location_id=PLACE)
    assert [each.virtual for each in listing_for_referral(SERVICE).places] == [True]


def test_a_new_place_shows_its_address_when_the_staff_agree(kept: Community) -> None:
    entry = services.PlaceEntry(name="Annex", address_1="3 Oak St", city="Seattle", postal_code="98144")
    made, changed = services.add_place(
        actor=kept.sam, organization_id=OWNER, place=entry, service_ids=[SERVICE], zone="America/Denver"
    )
    assert changed.waiting == ("addresses",)
    assert not Address.objects.filter(location_id=made).exists()
    services.decide_proposal(actor=kept.ivy, proposal_id=Proposal.objects.get().pk, approve=True)
    assert Address.objects.get(location_id=made).address_1 == "3 Oak St"
    assert FieldFact.objects.filter(row_id=made, field="addresses").exists()
    with pytest.raises(Refused):
        services.add_place(actor=kept.sam, organization_id=OWNER, place=services.PlaceEntry())


def test_a_private_place_is_private_from_its_first_moment(kept: Community) -> None:
    entry = services.PlaceEntry(address_1=SECRET, city="Quokka Falls", confidential=True)
    made, changed = services.add_place(
        actor=kept.sam, organization_id=OWNER, place=entry, service_ids=[SERVICE]
    )
    assert changed.waiting == ()
    assert Address.objects.get(location_id=made).address_1 == SECRET
    services.end_at_place(actor=kept.sam, service_id=SERVICE, location_id=PLACE)
    assert told(repr(listing_for_referral(SERVICE))) == []
    assert everywhere_else() == []


def test_places_at_the_same_address_are_private_together(kept: Community) -> None:
    """Feeds list one place for each service: one of them told would tell the other."""
    twin = [
        {"id": "k", "service_id": "s", "location_id": "m"},
        {"id": "j", "service_id": "s", "location_id": "l"},
    ]
    feed(
        locations=[place(), place("m", latitude=None, longitude=None, coordinates_status="missing")],
        service_at_locations=twin,
        addresses=[
            ADDRESS | {"address_1": SECRET},
            ADDRESS | {"id": "b", "location_id": "m", "address_1": "9 QUOKKA LN"},
        ],
    )
    services.keep_private(actor=kept.sam, location_id=PLACE)
    assert told(repr(listing_for_referral(SERVICE))) == []
