"""Pages that need no person: find help, one service, about, the directory for staff."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from tests.community import Community
from tests.web.listed import KITCHEN, SEATTLE, THURSDAY_TEN, kitchen, plain, text
from waypost.directory import services as directory
from waypost.directory.models import Service
from waypost.directory.services import PlaceEntry
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at
from waypost.web.service_words import can_dial, is_mail, web_address

SignIn = Callable[[Client, Actor], Client]
pytestmark = pytest.mark.django_db


# Find help


def test_find_help_is_open_and_offers_every_need_but_the_catch_all(client: Client) -> None:
    page = text(client, "/")
    assert (
        len(re.findall(r'href="\?need=[a-z-]+"', page)) == 23
    )  # the Gravity value set without "unspecified"
    assert "?need=food-insecurity" in page
    assert "tel:211" in page


def test_a_search_shows_what_one_asks_first(client: Client) -> None:
    _organization, service = kitchen()
    with at(THURSDAY_TEN):
        page = text(client, f"/?q=lunch&zip={SEATTLE}")
    words = plain(page)
    assert f'href="/services/{service}/"' in page
    assert "Hope Kitchen: Hot lunch" in words
    assert re.search(r"Open until (5 pm|17:00)", words)
    assert "Lunch for anybody, every weekday." in words
    assert re.search(r"\d\.\d mi, serves 98144 · English, Spanish · free · not confirmed yet", words)
    assert 'href="tel:+12065550199"' in page
    assert "1 service for “lunch”" in words


def test_a_service_without_hours_says_so_and_never_open(client: Client, community: Community) -> None:
    page = plain(text(client, "/?q=groceries"))
    assert "Hours not known" in page
    assert "Open until" not in page


def test_spanish_words_find_food(client: Client, community: Community) -> None:
    assert "Weekly groceries" in text(client, "/?q=comida+para+mi+familia")


def test_an_unknown_zip_is_told_in_words_and_kept(client: Client, community: Community) -> None:
    page = text(client, "/?q=groceries&zip=00000")
    assert "We don&#x27;t know the place “00000”" in page
    assert 'value="00000"' in page
    assert 'aria-invalid="true"' in page
    assert "Weekly groceries" in page


def test_filters_stand_in_the_address_with_their_counts(client: Client, community: Community) -> None:
    kitchen()
    with at(THURSDAY_TEN):
        page = text(client, "/?q=food")
        assert '<a class="chip" href="?q=food&amp;now=1">' in page
        assert re.search(r"Open now\s*<span class=\"soft\">1</span>", page)
        assert re.search(r"Speaks Spanish\s*<span class=\"soft\">1</span>", page)
        filtered = text(client, "/?q=food&day=today")
    assert "1 service for" in filtered
    assert "2 more may fit" in filtered
    assert '<a class="chip on" href="?q=food">' in filtered
    assert "remove this filter" in filtered


def test_nothing_found_offers_the_next_best_with_what_it_brings(client: Client, community: Community) -> None:
    kitchen()
    page = text(client, "/?q=lunch&day=6&language=es&known=1")  # open on weekdays only
    words = plain(page)
    assert "Nothing here fits all of that." in words
    without_day = (
        r'href="\?q=lunch&amp;language=es&amp;known=1">\s*Without: Open on Sunday\s*<span class="soft">1<'
    )
    assert re.search(without_day, page)
    assert "Without: Speaks Spanish" not in page  # would bring nothing either
    assert "2-1-1" in words


def test_nothing_found_near_offers_a_wider_place(client: Client) -> None:
    kitchen(areas=())
    page = plain(text(client, "/?q=lunch&zip=94403"))  # San Mateo, 680 miles from Seattle
    assert "Any place 1" in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "page=abc&q=food",
        "page=99999&q=food",
        "page=-3&q=food",
        "q=" + "x" * 3000,
        "zip=%F0%9F%8D%9E",
        "need=<script>&q=food",
        "day=9&q=food",
        "miles=1e9&zip=98144",
        "language=xx&q=food",
        "q=%27%3A*%20%26%20!(|",
    ],
)
def test_whatever_stands_in_the_address_the_page_answers(
    client: Client, community: Community, query: str
) -> None:
    page = text(client, f"/?{query}")
    assert "<script>" not in page.replace("<script src", "")


def test_pages_of_results(client: Client, community: Community) -> None:
    organization, _service = kitchen()
    for number in range(25):
        directory.create_service(organization_id=organization, name=f"Soup {number:02}", description="Soup")  # type: ignore[arg-type]
    first, second = text(client, "/?q=soup"), text(client, "/?q=soup&page=2")
    assert "Page 1 of 2" in first
    assert "q=soup&amp;page=2" in first
    assert second.count('class="who"') == 5


def test_the_same_page_in_spanish_frame(client: Client, community: Community) -> None:
    client.cookies["django_language"] = "es"
    page = text(client, "/")
    assert '<html lang="es">' in page
    assert "Comida" in page


def test_a_search_for_safety_says_whom_to_call(client: Client, community: Community) -> None:
    assert "tel:+18007997233" in text(client, "/?need=intimate-partner-violence")


# One service


def test_the_listing_page_answers_what_people_ask(client: Client) -> None:
    _organization, service = kitchen()
    with at(THURSDAY_TEN):
        words = plain(text(client, f"/services/{service}/"))
    for expected in (
        "Hot lunch",
        "Hope Kitchen",
        "Monday to Friday",
        "Saturday and Sunday Closed",
        "400 Yesler Way, Seattle, WA 98104",
        "Bus 7 stops here",
        "What it costs Free",
        "Who may come Anyone",
        "What to bring A bag",
        "English, Spanish",
        "King County",
        "wheelchair",
        "Nobody has made sure of this listing yet.",
    ):
        assert expected in words


def test_what_is_not_known_is_said(client: Client, community: Community) -> None:
    words = plain(text(client, f"/services/{community.pantry}/"))
    assert words.count("Not known") == 6
    assert "The hours are not known. Call first." in words
    assert "No phone number is listed." in words


def test_confirmed_by_a_human_is_told_apart_from_imported(client: Client, community: Community) -> None:
    with at(THURSDAY_TEN):
        directory.confirm_listing(actor=community.ana, service_id=community.pantry, how="phone")
        words = plain(text(client, f"/services/{community.pantry}/"))
    assert "Somebody made sure by phone, today." in words
    assert "Written in Waypost." in words


def test_a_confidential_place_leaves_no_trace_of_its_address(client: Client) -> None:
    hidden = PlaceEntry(
        name="Harbor House",
        address_1="17 Secret Lane",
        city="Tukwila",
        postal_code="98188",
        latitude=47.4739,
        longitude=-122.2610,
        transportation="Behind the school",
        confidential=True,
    )
    _organization, service = kitchen(place=hidden)
    for address in (f"/services/{service}/", f"/?q=lunch&zip={SEATTLE}"):
        page = text(client, address)
        for secret in (
            "Secret Lane",
            "Tukwila",
            "98188",
            "47.47",
            "122.26",
            "Harbor House",
            "Behind the school",
        ):
            assert secret not in page
        assert "kept private" in page


def test_of_a_victim_service_only_the_hotline_is_shown(client: Client) -> None:
    organization = directory.create_organization(
        name="Cedar DV Refuge", is_victim_service=True, email="staff@dv.example", website="https://dv.example"
    )
    service = directory.create_service(
        organization_id=organization, entry=KITCHEN, name="Safe line", email="advocate@dv.example"
    )
    directory.create_service(organization_id=organization, name="Children of the house")
    secrets = (
        "Yesler", "98104", "Hope Hall", "dv.example", "47.60", "kitchen.example", "Bus 7", "206-555-0198",
        "Lunch for", "Monday", "Spanish", "A bag", "Children of", "King County", "Not known",
    )  # fmt: skip
    for address in (f"/services/{service}/", "/?q=safe+line"):
        page = text(client, address)
        told = plain(page[page.index("Safe line</") :].partition("Need help today?")[0])
        assert "206-555-0199" in told
        assert not [each for each in secrets if each in told], address


@pytest.mark.parametrize("why", ["merged", "do_not_list", "expired", "gone"])
def test_a_hidden_service_is_not_found(client: Client, why: str) -> None:
    _organization, service = kitchen()
    Service.objects.filter(pk=service).update(hidden_why=why)
    text(client, f"/services/{service}/", status=404)


def test_texts_of_a_feed_are_never_markup_and_only_web_addresses_are_links(client: Client) -> None:
    _organization, service = kitchen(
        name='<script>alert("x")</script>',
        description="<img src=x onerror=alert(1)> " + "w" * 500,
        url="javascript:alert(1)",
        cost="<b>5</b>",
    )
    for address in (f"/services/{service}/", "/?q=alert"):
        page = text(client, address)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>5</b>" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("www.example.org", False),
        ("http://", False),
        ("http://exa mple.org", False),
        ("http://[bad", False),
        ("", False),
    ],
)
def test_which_addresses_are_links(given: str, link: bool) -> None:
    assert web_address(given) == (given if link else "")


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("206-555-0199", True),
        ("(206) 555-0199", True),
        ("+1 206 555 0199", True),
        ("211", True),
        ("1-800-FOOD-NOW", False),
        ("206-555-0199 or 206-555-0198", False),
        ("ask at the desk", False),
        ("", False),
    ],
)
def test_which_words_are_one_number(number: str, dialled: bool) -> None:
    assert can_dial(number) == dialled


def test_which_words_are_mail_addresses() -> None:
    assert is_mail("a.b+c@example.org")
    assert not is_mail("a@b?subject=x")
    assert not is_mail("call us")


def test_a_service_that_is_not_there_is_not_found(client: Client) -> None:
    text(client, f"/services/{uuid4()}/", status=404)
    text(client, "/services/nonsense/", status=404)


# About, and the directory of the staff


def test_about_names_the_network(client: Client) -> None:
    page = text(client, "/about/")
    assert "Cedar County" in page
    assert "Your privacy" in page


def test_the_directory_of_the_staff_wants_a_sign_in(client: Client, community: Community) -> None:
    answer = client.get("/directory/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", ["ana", "ito", "lee", "sam", "ivy"])
def test_every_role_reads_the_directory_with_its_own_menu(
    client: Client, community: Community, sign_in: SignIn, who: str
) -> None:
    sign_in(client, getattr(community, who))
    words = plain(text(client, "/directory/?q=groceries"))
    assert "Cedar Food Bank: Weekly groceries" in words
    assert "Takes part in Waypost" in words
    page = text(client, f"/services/{community.groceries}/")
    assert 'aria-label="Main"' in page
    assert "How to reach it" in page
    assert (f"/listing/{community.groceries}/" in page) == (who == "sam")


def test_a_search_takes_few_queries(
    client: Client, community: Community, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    kitchen()
    with django_assert_max_num_queries(70):  # type: ignore[attr-defined]
        text(client, f"/?q=food&zip={SEATTLE}")
