"""A victim service's listing holds its hotline and nothing by which a shelter could be found."""

import pytest

from waypost.directory import selectors, services
from waypost.directory.services import PhoneEntry, PlaceEntry, ServiceEntry


@pytest.mark.django_db
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
