"""Room for new people and how to be reached, in two taps; what partners then read."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.community import Community, agree, food_need, rosa
from waypost.directory.models import Service
from waypost.directory.selectors import listing_for_referral
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.web.partner.room import quick

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]


@pytest.fixture
def sam(client: Client, community: Community, sign_in: SignIn) -> Client:
    return sign_in(client, community.sam)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_buttons_say_until_when() -> None:
    """24 November 2026 is a Tuesday; on a Friday, "until Friday" is a week away."""
    ends = {each.words: each.until for each in quick(date(2026, 11, 24))}
    assert ends["Full tonight"] == "2026-11-24"
    assert ends["Full until Friday"] == "2026-11-27"
    assert ends["Funds used up until the end of the month"] == "2026-11-30"
    assert {each.words: each.until for each in quick(date(2026, 11, 27))}["Full until Friday"] == "2026-12-04"
    assert {each.words: each.until for each in quick(date(2026, 12, 31))}[
        "Funds used up until the end of the month"
    ] == "2026-12-31"


def test_two_taps_and_everybody_reads_it(sam: Client, community: Community) -> None:
    address = f"/listing/{community.groceries}/room/"
    assert address in text(sam.get("/listing/"))
    assert "Full tonight" in text(sam.get(address))
    page = text(sam.post(address, {"status": "full", "until": today().isoformat()}, follow=True))
    assert "Weekly groceries: Full today." in page
    assert "Full today" in text(Client().get(f"/services/{community.groceries}/"))
    sam.post(address, {"status": "accepting", "left": "3"})
    assert "3 places left today" in text(Client().get(f"/services/{community.groceries}/"))


def test_from_a_day_on_and_taken_back(sam: Client, community: Community) -> None:
    address = f"/listing/{community.groceries}/room/"
    starts = today() + timedelta(days=10)
    sam.post(address, {"status": "closed", "starts": starts.isoformat()})
    assert "From " in text(Client().get(f"/services/{community.groceries}/"))
    page = text(sam.post(f"{address}forget/", follow=True))
    assert "What was to come is taken back." in page
    assert listing_for_referral(community.groceries).next_capacity is None


def test_what_cannot_be_comes_back_in_words(sam: Client, community: Community) -> None:
    address = f"/listing/{community.groceries}/room/"
    yesterday = (today() - timedelta(days=1)).isoformat()
    for given, words in (
        ({"status": "maybe"}, "maybe"),
        ({"status": "full", "until": yesterday}, "It ends before it begins."),
        ({"status": "full", "left": "2"}, "Say how many places are left"),
        ({}, "This field is required."),
    ):
        answer = sam.post(address, given)
        assert answer.status_code == 422 and words in text(answer)


def test_how_to_be_reached(sam: Client, community: Community) -> None:
    address = f"/listing/{community.groceries}/reach/"
    given = {"how_to_reach": "own_system", "referrals_a_week": "5", "referral_words": "Use our portal."}
    assert "Weekly groceries: Referral in our own system." in text(sam.post(address, given, follow=True))
    page = text(sam.get(f"/services/{community.groceries}/"))
    assert "Referrals it wants a week" in page and "Use our portal." in page
    assert sam.post(address, {"how_to_reach": "pigeon"}).status_code == 422


def test_a_service_without_referrals_offers_a_list_or_a_call(
    sam: Client, community: Community, sign_in: SignIn
) -> None:
    sam.post(f"/listing/{community.groceries}/reach/", {"how_to_reach": "none"})
    ana = sign_in(Client(), community.ana)
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    agree(community.ana, person)
    page = text(ana.get(f"/needs/{need}/services/?zip="))
    assert "Wants no referrals: a list to take along, or a call together." in page
    assert "Nobody has made sure of phone and contact in the last 90 days." in page
    answer = ana.post(f"/needs/{need}/services/", {"service": str(community.groceries)}, follow=True)
    page = text(answer)
    assert "Cedar Food Bank wants no referrals." in page and "Print the list" in page
    assert 'value="inbox"' not in page and 'value="together"' in page and 'value="take_along"' in page


def test_others_do_not_get_in(client: Client, community: Community, sign_in: SignIn) -> None:
    sign_in(client, community.olga)
    for page in ("room", "reach", "room/forget"):
        assert client.post(f"/listing/{community.groceries}/{page}/", {"status": "full"}).status_code == 404


def test_a_confirmation_of_all_is_one_of_the_contact(sam: Client, community: Community) -> None:
    address = f"/services/{community.groceries}/"
    asked = "Nobody has made sure of phone and contact in the last 90 days."
    a_year_ago = today() - timedelta(days=365)
    Service.objects.filter(pk=community.groceries).update(
        email="food@cedar.example", confirmed_on=a_year_ago, confirmed_how="phone"
    )
    assert asked in text(sam.get(address))
    sam.post(f"/listing/{community.groceries}/confirm/")
    page = text(sam.get(address))
    assert "Somebody made sure on the web, today." in page
    assert asked not in page and "phone and contact" not in page
