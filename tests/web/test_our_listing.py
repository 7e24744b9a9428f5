"""Our listing: an organization keeps what is said of its own services, and of nobody else's."""

from collections.abc import Callable
from datetime import time
from uuid import UUID

import pytest
from django.test import Client

from tests.community import FOOD, Community
from waypost.directory import services as directory
from waypost.directory.rules.schedule import Hours, weekly
from waypost.directory.selectors import listing_for_referral, service_page, services_of_participant
from waypost.directory.services import PhoneEntry, ServiceEntry
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today

SignIn = Callable[[Client, Actor], Client]
pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Saturday pantry",
    "description": "Bread, fruit and vegetables.",
    "need_categories": [FOOD],
    "how_to_reach": "walk_in",
    "phone": "206-555-0111",
    "email": "pantry@bank.example",
    "website": "https://bank.example/pantry",
    "application_process": "Just come.",
    "opens_5": "10:00",
    "closes_5": "12:30",
    "opens_6": "10:00",
    "closes_6": "12:30",
    "hours_words": "First Tuesday of the month",
    "cost": "Free",
    "eligibility": "Anyone",
    "minimum_age": "",
    "maximum_age": "",
    "areas": "98144\n98118",
    "required_documents": "A bag\n",
    "languages": "English, Spanish",
}


@pytest.fixture
def sam(client: Client, community: Community, sign_in: SignIn) -> Client:
    """The food bank's intake worker, signed in."""
    return sign_in(client, community.sam)


def addresses(service: UUID) -> list[tuple[str, str]]:
    return [
        ("get", f"/listing/{service}/"),
        ("post", f"/listing/{service}/"),
        ("post", f"/listing/{service}/room/"),
        ("post", f"/listing/{service}/confirm/"),
    ]


def test_the_list_shows_own_services_only(sam: Client, community: Community) -> None:
    page = sam.get("/listing/").content.decode()
    assert "Weekly groceries" in page
    assert "St. Luke pantry" not in page
    assert "Not confirmed yet" in page


def test_where_nothing_is_claimed_the_page_says_what_to_do(
    client: Client, community: Community, sign_in: SignIn
) -> None:
    page = sign_in(client, community.olga).get("/listing/").content.decode()
    assert "No services are listed for you yet." in page
    assert "/listing/new/" in page


@pytest.mark.parametrize("who", ["ana", "ito", "ivy"])
def test_roles_that_keep_no_listing_are_refused(
    client: Client, community: Community, sign_in: SignIn, who: str
) -> None:
    sign_in(client, getattr(community, who))
    assert client.get("/listing/").status_code == 403
    for method, address in addresses(community.groceries):
        assert getattr(client, method)(address).status_code == 403


def test_services_of_others_are_not_found(client: Client, community: Community, sign_in: SignIn) -> None:
    sign_in(client, community.olga)
    for service in (community.groceries, community.pantry):
        for method, address in addresses(service):
            assert getattr(client, method)(address, TYPED if method == "post" else {}).status_code == 404
    assert listing_for_referral(community.groceries).service_name == "Weekly groceries"


def test_a_new_service_is_in_the_directory_at_once(sam: Client, community: Community) -> None:
    answer = sam.post("/listing/new/", TYPED, follow=True)
    assert "You added Saturday pantry." in answer.content.decode()
    made = next(each for each, name in services_of_participant(community.bank) if name == "Saturday pantry")
    page = service_page(made)
    listing = page.listing
    assert listing.need_categories == (FOOD,)
    assert listing.how_to_reach == "walk_in"
    assert [phone.number for phone in listing.phones] == ["206-555-0111"]
    assert set(listing.languages) == {"English", "Spanish"}
    assert set(listing.areas) == {"98144", "98118"}
    assert page.required_documents == ("A bag",)
    assert (listing.confirmed_on, listing.confirmed_how) == (today(), "web")
    week = [each for each in listing.hours if each.byday]
    assert [(each.byday, each.opens_at, each.closes_at) for each in week] == [
        ("SA,SU", time(10), time(12, 30))
    ]
    assert [each.words for each in listing.hours if not each.byday] == ["First Tuesday of the month"]
    assert "Saturday pantry" in Client().get("/?q=pantry").content.decode()


def test_the_first_service_brings_the_organization_into_the_directory(
    client: Client, community: Community, sign_in: SignIn
) -> None:
    sign_in(client, community.olga).post("/listing/new/", TYPED)
    (made, _name) = services_of_participant(community.stranger)[0]
    assert listing_for_referral(made).organization_name == "Alder Shelter Fund"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"need_categories": []}, "This field is required."),
        ({"need_categories": ["nonsense"]}, "nonsense"),
        ({"closes_5": ""}, "Give both times"),
        ({"opens_5": "noonish"}, "Write a time like 9:00 or 17:30."),
        ({"website": "javascript:alert(1)"}, "Write the whole address"),
        ({"email": "not mail"}, "valid email"),
        ({"minimum_age": "60", "maximum_age": "18"}, "The oldest age is below the youngest."),
        ({"minimum_age": "old"}, "number"),
        ({"how_to_reach": "pigeon"}, "pigeon"),
        ({"description": "x" * 6000}, "5000"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_what_was_typed(
    sam: Client, community: Community, changes: dict[str, object], words: str
) -> None:
    answer = sam.post("/listing/new/", TYPED | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Just come." in page
    assert len(services_of_participant(community.bank)) == 1


def test_an_empty_form_is_answered_in_words(sam: Client, community: Community) -> None:
    assert sam.post("/listing/new/", {}).status_code == 422
    assert sam.post(f"/listing/{community.groceries}/", {}).status_code == 422


def test_the_form_shows_what_the_listing_says(sam: Client, community: Community) -> None:
    page = sam.get(f"/listing/{community.groceries}/").content.decode()
    assert 'value="Weekly groceries"' in page
    assert "A box of groceries each week" in page
    assert f'value="{FOOD}"' in page


def test_a_change_of_something_else_keeps_the_hours(sam: Client, community: Community) -> None:
    organization = listing_for_referral(community.groceries).organization_id
    made = directory.create_service(
        organization_id=organization,
        entry=ServiceEntry(
            name="Legal desk",
            description="Advice",
            need_categories=(FOOD,),
            phones=(PhoneEntry("206-555-0111"), PhoneEntry("206-555-0112", type="fax")),
            hours=(
                weekly("MO,TU", time(9), time(12)),
                weekly("MO", time(13), time(17)),
                weekly("2TH", time(18), time(20), freq="MONTHLY"),
                Hours(words="by appointment"),
            ),
            wait_time="2 weeks",
        ),
    )
    page = sam.get(f"/listing/{made}/").content.decode()
    assert "Second Thursday of the month" in page
    before = service_page(made).listing.hours
    answer = sam.post(f"/listing/{made}/", TYPED | {"name": "Legal desk", "hours_words": "by appointment"})
    assert answer.status_code == 302
    changed = service_page(made)
    assert changed.listing.hours == before
    assert [each.number for each in changed.listing.phones] == ["206-555-0111", "206-555-0112"]
    assert changed.wait_time == "2 weeks"


def test_all_correct_today(sam: Client, community: Community) -> None:
    answer = sam.post(f"/listing/{community.groceries}/confirm/", follow=True)
    assert "You confirmed that Weekly groceries is right." in answer.content.decode()
    listing = listing_for_referral(community.groceries)
    assert (listing.confirmed_on, listing.confirmed_how) == (today(), "web")
    assert "Confirmed today" in answer.content.decode()


def test_room_for_new_people(sam: Client, community: Community) -> None:
    answer = sam.post(f"/listing/{community.groceries}/room/", {"status": "waitlist"}, follow=True)
    assert "Weekly groceries: Waiting list." in answer.content.decode()
    assert listing_for_referral(community.groceries).capacity_status == "waitlist"
    assert "Waiting list" in Client().get("/?q=groceries").content.decode()


def test_room_that_is_no_answer_is_refused_in_words(sam: Client, community: Community) -> None:
    answer = sam.post(f"/listing/{community.groceries}/room/", {"status": "maybe"})
    assert answer.status_code == 422 and "maybe" in answer.content.decode()
    assert listing_for_referral(community.groceries).capacity_status == "unknown"


def test_the_pages_work_as_the_web_role(
    client: Client, community: Community, sign_in: SignIn, as_web: Callable[[], None]
) -> None:
    sign_in(client, community.sam)
    as_web()
    assert client.get("/listing/").status_code == 200
    assert client.post("/listing/new/", TYPED).status_code == 302
    assert client.post(f"/listing/{community.groceries}/", TYPED).status_code == 302
    assert client.post(f"/listing/{community.groceries}/room/", {"status": "full"}).status_code == 302
