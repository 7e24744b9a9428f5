"""The pages on which the network's staff keep shelters hidden."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.community import Community
from waypost.directory import services
from waypost.directory.models import Location, SafetyHold
from waypost.directory.selectors import listing_for_referral
from waypost.directory.services import PlaceEntry, ServiceEntry
from waypost.kernel.actors import Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]
ADDRESS = "77 Hidden Lane"


@pytest.fixture
def held(community: Community) -> SafetyHold:
    """A listing whose one place was kept back."""
    owner = services.create_organization(name="Harbor House")
    services.create_service(
        organization_id=owner, entry=ServiceEntry(name="Rooms", place=PlaceEntry(address_1=ADDRESS))
    )
    place = Location.objects.get(organization_id=owner)
    Location.objects.update(confidential=True)
    return SafetyHold.objects.create(organization_id=owner, words=["shelter"], location_ids=[place.pk])


@pytest.fixture
def ivy(client: Client, community: Community, held: SafetyHold, sign_in: SignIn) -> Client:
    return sign_in(client, community.ivy)


def test_the_page_shows_what_waits_and_a_button_decides(ivy: Client, held: SafetyHold) -> None:
    page = ivy.get("/upkeep/safety/").content.decode()
    assert "Harbor House" in page and "1 address kept back." in page
    assert ADDRESS not in page
    answer = ivy.post(f"/upkeep/safety/{held.organization_id}/", {"decision": "show"}, follow=True)
    assert "Harbor House: its addresses are shown from now on." in answer.content.decode()
    assert not Location.objects.get().confidential


def test_an_answer_that_is_none_is_refused_in_words(ivy: Client, held: SafetyHold) -> None:
    answer = ivy.post(f"/upkeep/safety/{held.organization_id}/", {"decision": "x"}, follow=True)
    assert "Choose what it is." in answer.content.decode()


def test_the_page_of_a_service_leads_to_its_organization(ivy: Client) -> None:
    owner = services.create_organization(name="Cedar Kitchen")
    service = services.create_service(organization_id=owner, entry=ServiceEntry(name="Lunch"))
    link = f"/upkeep/organizations/{owner}/"
    assert link in ivy.get(f"/services/{service}/").content.decode()
    assert link not in Client().get(f"/services/{service}/").content.decode()
    assert ivy.get(link).status_code == 200


def test_the_organizations_page_marks_it_and_keeps_its_places(ivy: Client, held: SafetyHold) -> None:
    address = f"/upkeep/organizations/{held.organization_id}/"
    page = ivy.get(address).content.decode()
    assert "An address that is kept private" in page and ADDRESS not in page
    place = held.location_ids[0]
    assert ADDRESS in ivy.post(f"{address}places/{place}/", {"private": "no"}, follow=True).content.decode()
    page = ivy.post(f"{address}places/{place}/", {"private": "yes"}, follow=True).content.decode()
    assert "The address is private now" in page and ADDRESS not in page
    page = ivy.post(f"{address}victims/", {"serves": "yes"}, follow=True).content.decode()
    assert "Hotline only" in page
    service = held.organization.services.get().pk
    assert listing_for_referral(service).is_victim_service
    ivy.post(f"{address}victims/", {"serves": "no"})
    assert not listing_for_referral(service).is_victim_service


def test_a_place_of_somebody_else_is_not_found(ivy: Client, community: Community, held: SafetyHold) -> None:
    other = services.create_organization(name="Other")
    assert ivy.post(f"/upkeep/organizations/{other}/places/{held.location_ids[0]}/").status_code == 404


@pytest.mark.parametrize("who", ["ana", "lee", "ito", "sam"])
def test_others_do_not_get_in(
    client: Client, community: Community, held: SafetyHold, sign_in: SignIn, who: str
) -> None:
    sign_in(client, getattr(community, who))
    assert client.get("/upkeep/safety/").status_code == 403
    assert client.get(f"/upkeep/organizations/{held.organization_id}/").status_code == 403
    assert client.post(f"/upkeep/safety/{held.organization_id}/", {"decision": "show"}).status_code == 403
