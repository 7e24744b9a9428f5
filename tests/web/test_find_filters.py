"""The filters of the public page: in the address, counted, removable, and honest about what is not known."""

import gzip
import re
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.test import Client

from tests.community import FOOD, Community
from tests.web.listed import SEATTLE, THURSDAY_TEN, kitchen, plain, text
from waypost.directory import services as directory
from waypost.directory.models import Service
from waypost.directory.rules.schedule import weekly
from waypost.directory.services import PlaceEntry, ServiceEntry
from waypost.kernel.clock import at
from waypost.web.finding.looking import Looking, read

pytestmark = pytest.mark.django_db

EVERYTHING = (
    "q=soup&zip=98144&need=food-insecurity&language=es&day=5&hour=10&miles=5&age=30&cost=free"
    "&situation=veterans&situation=families&access=wheelchair&now=1&area=serves&papers=none&way=walk_in"
    "&room=yes&transit=yes&known=1"
)


def silent(name: str = "Quiet table", **fields: object) -> object:
    """A food service that says nothing but its name."""
    organization = directory.create_organization(name=f"House of {name}")
    entry = ServiceEntry(name=name, need_categories=(FOOD,), **fields)  # type: ignore[arg-type]
    return directory.create_service(organization_id=organization, entry=entry)


def test_every_filter_goes_into_the_address_and_comes_back() -> None:
    looking = read(QueryDict(EVERYTHING))
    assert looking.link() == "?" + EVERYTHING
    assert read(QueryDict(looking.link()[1:])) == looking
    assert all(getattr(looking, name) != getattr(Looking(), name) for name in Looking.__slots__)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("now=1", True),
        ("day=3&hour=10", True),  # Thursday at ten
        ("day=3&hour=20", False),
        ("day=6", False),
        ("language=es", True),
        ("language=so", False),
        ("cost=free", True),
        ("cost=low", True),
        ("access=wheelchair", True),
        ("access=deaf", False),
        ("transit=yes", True),
        ("papers=none", False),  # a bag is to be brought
        ("zip=98144&area=serves", True),  # King County
        ("zip=98402&area=serves", False),  # Tacoma is in Pierce County
        ("zip=98144&miles=5", True),
        ("zip=Seattle&miles=10", True),
        ("zip=Tacoma&miles=10", False),
    ],
)
def test_what_a_filter_keeps(client: Client, query: str, holds: bool) -> None:
    kitchen()
    with at(THURSDAY_TEN):
        page = plain(text(client, f"/?q=lunch&{query}&known=1"))
    assert ("1 service for “lunch”" in page) == holds


def test_a_listing_that_does_not_say_comes_after_and_says_so(client: Client) -> None:
    kitchen()
    silent()
    with at(THURSDAY_TEN):
        words = plain(text(client, f"/?need={FOOD}&now=1&cost=free&language=es"))
        hidden = plain(text(client, f"/?need={FOOD}&now=1&cost=free&language=es&known=1"))
    assert "1 service for: Food" in words
    assert "1 more may fit: something about it is not known" in words
    first, _band, after = words.partition("May fit: something you asked for is not known")
    assert "Hope Kitchen" in first
    assert "Fits: open now; free; speaks Spanish." in first
    assert "Quiet table" in after
    assert "Not known: Spanish; hours; cost." in after
    assert "Quiet table" not in hidden
    assert "Only where it is known" in hidden


def test_a_count_is_the_number_that_the_title_then_says(client: Client) -> None:
    kitchen()
    silent()
    with at(THURSDAY_TEN):
        page = text(client, f"/?need={FOOD}")
        counted = re.findall(
            r'<a class="chip" href="(\?[^"]+)">\s*[^<]+<span class="soft">(\d+)</span>', page
        )
        assert len(counted) >= 4
        for address, number in counted:
            assert f"{number} service" in plain(text(client, "/" + address.replace("&amp;", "&"))), address


def test_each_filter_that_is_on_can_be_removed(client: Client, community: Community) -> None:
    page = text(client, f"/?{EVERYTHING}")
    tags = re.findall(r'<a class="chip on" href="(\?[^"]+)">\s*([^<]+?)\s*<svg', page)
    words = {label for _address, label in tags}
    assert words == {
        "Food", "Serves 98144", "Open on Saturday at 10 am", "Open now", "Walk in, no referral needed",
        "Taking new people", "No papers needed", "Bus or train nearby", "Speaks Spanish", "Age 30", "Free",
        "Veterans", "Families", "Wheelchair access", "Only where it is known",
    }  # fmt: skip
    by_words = {label: address.replace("&amp;", "&") for address, label in tags}
    assert read(QueryDict(by_words["Veterans"][1:])).situations == ("families",)
    assert "day=" not in by_words["Open on Saturday at 10 am"]
    assert "hour=" not in by_words["Open on Saturday at 10 am"]


def test_the_form_holds_every_filter_and_keeps_the_words(client: Client, community: Community) -> None:
    page = text(client, "/?q=groceries&zip=98144&language=es&situation=veterans")
    form = page[page.index('id="all-filters"') :].partition("</form>")[0]
    names = set(re.findall(r'name="([a-z]+)"', form))
    assert names == {
        "q", "zip", "need", "now", "day", "hour", "area", "miles", "language", "age", "cost", "way", "papers",
        "room", "transit", "situation", "access", "known",
    }  # fmt: skip
    assert re.search(r'value="veterans" id="filter-situation-veterans" checked', form)
    assert re.search(r'<option value="es" selected', form)
    seek = page[page.index('role="search"') :].partition("</form>")[0]
    assert '<input type="hidden" name="language" value="es">' in seek


def test_a_service_without_a_place_and_an_online_one_are_listed_and_say_so(client: Client) -> None:
    silent("Nowhere")
    silent("Helpline", place=PlaceEntry(name="Online", location_type="virtual"))
    silent("Statewide", areas=("All of Washington",), place=PlaceEntry(city="Spokane", state_province="WA"))
    words = plain(text(client, f"/?need={FOOD}&zip={SEATTLE}&miles=1"))
    assert re.search(r"Nowhere Hours not known no place on the map ·", words)
    assert "by phone or online" in words
    assert "Spokane, WA, distance not known, serves 98144" in words
    assert "3 with no place on the map come last" in words


def test_a_typing_error_is_mended_and_told(client: Client, community: Community) -> None:
    words = plain(text(client, "/?q=grocries"))
    assert "Nothing holds “grocries”. These are for “groceries” ." in words
    assert "Weekly groceries" in words


def test_why_it_was_found_is_said(client: Client, community: Community) -> None:
    words = plain(text(client, "/?q=comida"))
    assert re.search(r"Found because: [^.]*comida → ", words), words


def test_why_is_not_said_where_it_is_plain(client: Client, community: Community) -> None:
    words = plain(text(client, "/?q=food"))
    assert "Weekly groceries" in words
    assert "Found because:" not in words
    assert "Found because:" in plain(text(client, "/?q=groceries"))


def test_a_doubted_listing_warns(client: Client) -> None:
    _organization, service = kitchen()
    with at(THURSDAY_TEN):
        Service.objects.filter(pk=service).update(doubted_at=THURSDAY_TEN)
        assert "Several people say this may be closed" in text(client, "/?q=lunch")


def test_a_city_of_several_states_offers_the_others(client: Client, community: Community) -> None:
    page = plain(text(client, "/?q=food&zip=Springfield"))
    assert "Or did you mean:" in page
    assert "Springfield, IL" in page
    assert "Or did you mean:" not in plain(text(client, "/?q=food&zip=98144"))


def test_a_part_that_is_refreshed_leaves_a_tidy_address(client: Client, community: Community) -> None:
    answer = client.get("/?q=food&zip=&need=&language=&now=1", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/?q=food&now=1"


def test_nothing_near_shows_the_nearest_known(client: Client) -> None:
    kitchen(areas=())
    page = plain(text(client, "/?q=lunch&zip=98402&miles=5&language=so&known=1"))  # 24 miles from Yesler Way
    assert "Nothing here fits all of that." in page
    assert "Without any filter" not in page  # would bring nothing within 5 miles either
    nearest = page.partition("The nearest we know, whatever else you asked for")[2]
    assert "Hope Kitchen" in nearest
    assert "Somali" not in nearest


def test_one_page_costs_a_bounded_number_of_queries_and_bytes(
    client: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    organization, _service = kitchen()
    for number in range(25):
        entry = ServiceEntry(
            name=f"Lunch {number:02}", need_categories=(FOOD,), languages=("English",),
            hours=(weekly("MO", time(9), time(17)),), description="Lunch " * 60,
        )  # fmt: skip
        directory.create_service(organization_id=organization, entry=entry)  # type: ignore[arg-type]
    client.get("/?q=lunch")  # makes what the search reads
    addresses = {f"/?need={FOOD}&zip={SEATTLE}": 30, f"/?q=lunch&zip={SEATTLE}": 30, f"/?{EVERYTHING}": 60}
    for address, most in addresses.items():  # finding nothing, it counts what each step away would bring
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
            page = text(client, address)
        assert len(page.encode()) < 100_000


@pytest.mark.parametrize("address", ["/", f"/?need={FOOD}&zip={SEATTLE}"])
def test_a_first_visit_is_less_than_150_kilobytes_over_the_wire(
    client: Client, community: Community, address: str
) -> None:
    """Everything that the page loads, compressed as it is sent, fonts apart (they are kept for a year)."""
    page = text(client, address)
    loaded = set(re.findall(r'(?:src|href)="/static/([^"#]+)"', page)) | {"built/icons.svg"}
    files = [finders.find(each) for each in loaded]
    assert all(files), "build the assets first: make assets"
    sizes = [len(gzip.compress(Path(str(each)).read_bytes())) for each in files]
    assert len(sizes) >= 5
    assert len(gzip.compress(page.encode())) + sum(sizes) < 150_000
