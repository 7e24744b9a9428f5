"""Keeping listings: who may, and what is refused."""

from datetime import time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.community import Community
from waypost.directory.models import Address, Location, Organization, Schedule, Service
from waypost.directory.rules.schedule import weekly
from waypost.directory.selectors import (
    listed_organizations,
    listing_for_referral,
    service_page,
    services_of_participant,
)
from waypost.directory.services import (
    PhoneEntry,
    PlaceEntry,
    ServiceEntry,
    claim_listing,
    confirm_listing,
    create_service,
    set_capacity,
    set_how_to_reach,
    update_listing,
)
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db


def test_the_participant_looks_after_its_own_listing(community: Community) -> None:
    set_capacity(actor=community.sam, service_id=community.groceries, status="waitlist")
    set_how_to_reach(actor=community.sam, service_id=community.groceries, how="inbox")
    card = listing_for_referral(community.groceries)
    assert (card.capacity_status, card.how_to_reach, card.claimed_by) == ("waitlist", "inbox", community.bank)
    assert services_of_participant(community.bank) == ((community.groceries, "Weekly groceries"),)
    assert [name for _, name in listed_organizations(community.bank)] == ["Cedar Food Bank"]


def test_nobody_else_does(community: Community) -> None:
    for actor in (community.olga, community.ana, community.ito):
        with pytest.raises(Refused):
            set_capacity(actor=actor, service_id=community.groceries, status="full")
    set_capacity(actor=community.ivy, service_id=community.pantry, status="full")
    assert listing_for_referral(community.pantry).capacity_status == "full"


def test_a_claim(community: Community) -> None:
    church = Organization.objects.get(name="St. Luke Church")
    claim_listing(actor=community.ivy, organization_id=church.id, participant_id=community.stranger)
    assert Organization.objects.get(pk=church.id).claimed_by_id == community.stranger
    with pytest.raises(Refused, match="Another organization"):
        claim_listing(actor=community.ivy, organization_id=church.id, participant_id=community.bank)
    with pytest.raises(NotVisible):
        claim_listing(actor=community.ivy, organization_id=uuid4(), participant_id=community.bank)


def test_nobody_but_the_networks_staff_claims_without_proof(community: Community) -> None:
    church = Organization.objects.get(name="St. Luke Church")
    for participant in (community.stranger, community.bank):
        with pytest.raises(Refused):
            claim_listing(actor=community.sam, organization_id=church.id, participant_id=participant)


def test_an_inbox_needs_a_participant(community: Community) -> None:
    with pytest.raises(Refused, match="takes part"):
        set_how_to_reach(actor=community.ivy, service_id=community.pantry, how="inbox")


def test_a_confirmation_says_who_looked_and_how(community: Community) -> None:
    confirm_listing(actor=community.ana, service_id=community.pantry, how="phone")
    card = listing_for_referral(community.pantry)
    assert (card.confirmed_on, card.confirmed_how) == (today(), "phone")
    with pytest.raises(Refused):
        confirm_listing(actor=community.ana, service_id=community.pantry, how="dream")
    with pytest.raises(Refused):
        confirm_listing(
            actor=community.ana, service_id=community.pantry, how="web", on=today() + timedelta(days=1)
        )


def test_an_update_replaces_lists(community: Community) -> None:
    entry = ServiceEntry(
        name="Groceries",
        hours=(weekly("MO,WE", time(9), time(17)),),
        phones=(PhoneEntry("206-555-0107"),),
        languages=("Somali",),
        place=PlaceEntry(address_1="3 Elm St", postal_code="98118"),
        required_documents=("Photo ID",),
    )
    update_listing(actor=community.sam, service_id=community.groceries, entry=entry)
    update_listing(actor=community.sam, service_id=community.groceries, entry=entry)
    assert Schedule.objects.filter(service_id=community.groceries).count() == 1
    page = service_page(community.groceries)
    assert page.listing.service_name == "Groceries"
    assert page.required_documents == ("Photo ID",)
    assert len(page.listing.places) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x", "need_categories": ["hunger"]}, "need_categories"),
        ({"name": "x", "how_to_reach": "pigeon"}, "how_to_reach"),
        ({"name": "x", "minimum_age": Decimal(9), "maximum_age": Decimal(5)}, "maximum_age"),
        ({"name": "x", "place": PlaceEntry(latitude=0, longitude=0)}, "latitude"),
        ({"name": "x", "place": PlaceEntry(latitude=91, longitude=0)}, "latitude"),
    ],
)
def test_what_cannot_be_is_refused(community: Community, fields: dict[str, object], field: str) -> None:
    church = Organization.objects.get(name="St. Luke Church")
    with pytest.raises(Refused) as caught:
        create_service(organization_id=church.id, **fields)
    assert caught.value.field == field


def test_a_place_without_a_point_says_so(community: Community) -> None:
    church = Organization.objects.get(name="St. Luke Church")
    service = create_service(
        organization_id=church.id, name="Meals", place=PlaceEntry(address_1="4 Oak St", postal_code="98118")
    )
    assert Location.objects.get(organization=church).coordinates_status == "missing"
    assert Address.objects.get(location__organization=church).address_1 == "4 Oak St"
    assert not listing_for_referral(service).place_known
    assert Service.objects.get(pk=service).source == "local"


def test_a_service_that_is_not_there(community: Community) -> None:
    for read in (listing_for_referral, service_page):
        with pytest.raises(NotVisible):
            read(uuid4())
