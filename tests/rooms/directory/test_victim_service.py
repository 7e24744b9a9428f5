"""A victim service's listing holds its hotline and nothing by which a shelter could be found."""

from datetime import time
from decimal import Decimal
from uuid import UUID

import pytest

from waypost.directory import selectors, services
from waypost.directory.models import Contact, Organization, RequiredDocument, Service
from waypost.directory.rules.schedule import weekly
from waypost.directory.services import PhoneEntry, PlaceEntry, ServiceEntry
from waypost.kernel.errors import NotVisible

pytestmark = pytest.mark.django_db


def test_the_card_tells_the_hotline_and_nothing_else() -> None:
    owner = services.create_organization(
        name="Safe Line", is_victim_service=True, email="a@dv.example", website="https://dv.example"
    )
    service = services.create_service(
        organization_id=owner,
        entry=ServiceEntry(
            name="Hotline",
            description="In the blue house on Elm Street",
            cost="ask at 12 Elm Street",
            eligibility="women from Elm Street",
            areas=("Elmton",),
            phones=(PhoneEntry(number="800-555-0100", type="hotline"),),
            place=PlaceEntry(name="Elm house", address_1="12 Elm Street", city="Elmton"),
        ),
    )
    card = selectors.listing_for_referral(service)
    assert [phone.number for phone in card.phones] == ["800-555-0100"]
    assert "Elm" not in repr(card)
    assert "dv.example" not in repr(card)


def shelter() -> UUID:
    """A victim service of which everything is filled in."""
    owner = services.create_organization(
        name="Safe Line", is_victim_service=True, phone="555-0111", website="https://dv.example"
    )
    Organization.objects.filter(pk=owner).update(description="Behind the school on Elm Street")
    Contact.objects.create(organization_id=owner, name="Elma Elm")
    service = services.create_service(
        organization_id=owner,
        entry=ServiceEntry(
            name="Shelter",
            alternate_name="Elm House",
            description="Elm Street",
            minimum_age=Decimal(18),
            interpretation_services="Elmish",
            wait_time="Ask Elma",
            languages=("Elmish",),
            hours=(weekly("MO", time(9), time(17), words="Elm Street desk"),),
            phones=(
                PhoneEntry("555-0112", description="Front desk, 12 Elm Street"),
                PhoneEntry("555-0113", type="fax"),
                PhoneEntry("800-555-0100", type="Hotline"),
            ),
        ),
    )
    services.create_service(organization_id=owner, name="Elm Street outreach")
    RequiredDocument.objects.create(service_id=service, document="A letter from Elm Street")
    return service


def test_the_page_tells_no_hours_contacts_other_services_or_words_of_the_organization() -> None:
    page = selectors.service_page(shelter())
    assert [phone.number for phone in page.listing.phones] == ["800-555-0100"]
    assert "Elm" not in repr(page)
    assert (page.contacts, page.other_services, page.required_documents) == ((), (), ())
    assert (page.listing.hours, page.listing.minimum_age, page.listing.open_words) == ((), None, "")


def test_without_a_named_hotline_one_number_is_told_and_no_fax() -> None:
    owner = services.create_organization(name="Quiet Line", is_victim_service=True)
    numbers = (PhoneEntry("555-0113", type="fax"), PhoneEntry("555-0114"), PhoneEntry("555-0115"))
    service = services.create_service(organization_id=owner, entry=ServiceEntry(name="Help", phones=numbers))
    assert [phone.number for phone in selectors.service_page(service).listing.phones] == ["555-0114"]


def test_whoever_keeps_the_listing_reads_all_of_it() -> None:
    page = selectors.service_page(shelter(), for_keeper=True)
    assert page.listing.description == "Elm Street"
    assert len(page.listing.phones) == 3


@pytest.mark.parametrize("whole", [False, True])
def test_what_is_hidden_has_no_card_and_no_page(whole: bool) -> None:
    owner = services.create_organization(name="Gone")
    service = services.create_service(organization_id=owner, name="Gone")
    rows = Organization.objects.filter(pk=owner) if whole else Service.objects.filter(pk=service)
    rows.update(hidden_why="do_not_list")
    assert selectors.listings([service]) == {}
    for read in (selectors.service_page, selectors.listing_for_referral):
        with pytest.raises(NotVisible):
            read(service)


def test_a_hidden_service_is_not_named_beside_others_of_its_organization() -> None:
    owner = services.create_organization(name="House")
    shown, hidden = (services.create_service(organization_id=owner, name=each) for each in ("A", "B"))
    Service.objects.filter(pk=hidden).update(hidden_why="merged")
    assert selectors.service_page(shown).other_services == ()
