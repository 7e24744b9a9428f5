"""Search on a handful of listings whose answers are worked out by hand."""

from datetime import time

import pytest
from django.db import connection

from waypost.directory.models import Organization, Service
from waypost.directory.rules import ServesAnswer
from waypost.directory.rules.area import serves
from waypost.directory.rules.schedule import weekly
from waypost.directory.selectors import (
    SearchQuery,
    cities_named,
    listing_for_referral,
    search,
    service_page,
    zip_place,
)
from waypost.directory.selectors.listing import miles_between
from waypost.directory.services import (
    PhoneEntry,
    PlaceEntry,
    ServiceEntry,
    create_organization,
    create_service,
    set_capacity,
)
from waypost.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db

FOOD, HOME = "food-insecurity", "homelessness"
BEACON_HILL = PlaceEntry(
    name="Beacon Hall", address_1="1 Main St", city="Seattle", state_province="WA", postal_code="98144",
    latitude=47.5846, longitude=-122.3005,
)  # fmt: skip
TACOMA = PlaceEntry(address_1="2 Pacific Ave", postal_code="98402", latitude=47.2529, longitude=-122.4443)
SHELTER = PlaceEntry(
    address_1="9 Secret Ln", postal_code="98144", latitude=47.585, longitude=-122.301, confidential=True
)


@pytest.fixture(autouse=True)
def listings(db: None) -> None:
    cedar = create_organization(name="Cedar Food Bank", phone="206-555-0100")
    create_service(
        organization_id=cedar,
        entry=ServiceEntry(
            name="Weekly groceries",
            description="A box of fresh produce",
            need_categories=(FOOD,),
            place=BEACON_HILL,
            phones=(PhoneEntry("206-555-0101"),),
            hours=(weekly("SA", time(9), time(12)),),
            languages=("Spanish", "English"),
            areas=("98144", "98118"),
            cost="Free",
        ),
    )
    create_service(
        organization_id=cedar,
        entry=ServiceEntry(
            name="Tacoma table",
            description="Hot lunches",
            need_categories=(FOOD,),
            place=TACOMA,
            hours=(weekly("MO", time(11), time(13)),),
            languages=("English",),
        ),
    )
    church = create_organization(name="St. Luke Church")
    create_service(
        organization_id=church,
        entry=ServiceEntry(name="Pantry", description="Groceries", need_categories=(FOOD,)),
    )
    nest = create_organization(name="Safe Nest", is_victim_service=True)
    create_service(
        organization_id=nest,
        entry=ServiceEntry(
            name="Night shelter", need_categories=(HOME,), place=SHELTER, phones=(PhoneEntry("800-555-0199"),)
        ),
    )


def names(**query: object) -> list[str]:
    return [hit.listing.service_name for hit in search(SearchQuery(**query)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("groceries", ["Weekly groceries", "Pantry", "Tacoma table"]),
        ("grocery", ["Weekly groceries", "Pantry", "Tacoma table"]),
        ("produce box", ["Weekly groceries", "Pantry", "Tacoma table"]),
        ("lunch", ["Pantry", "Tacoma table", "Weekly groceries"]),
        ("cedar", ["Tacoma table", "Weekly groceries"]),
        ("ced", ["Tacoma table", "Weekly groceries"]),
        ("tácoma", ["Tacoma table"]),
        ("comida", ["Pantry", "Tacoma table", "Weekly groceries"]),
        ("necesito comida", ["Pantry", "Tacoma table", "Weekly groceries"]),
        ("albergue", ["Night shelter"]),
        ("zebra", []),
        ("'; DROP TABLE directory_service; --", ["Tacoma table"]),  # where nothing holds all, any word counts
        ("x & y | !z :* (", []),
    ],
)
def test_words(words: str, expected: list[str]) -> None:
    found = names(words=words)
    assert sorted(found) == sorted(expected)
    if words == "groceries":
        assert found == expected, "name, then description, then only the need that the word means"


def test_a_name_with_the_word_stands_behind_what_helps_with_the_need_that_the_word_means() -> None:
    shop = create_organization(name="Paws")
    create_service(organization_id=shop, entry=ServiceEntry(name="Pet food", need_categories=(HOME,)))
    found = names(words="food")
    assert found.index("Weekly groceries") < found.index("Pet food")
    assert names(words="pet food")[0] == "Pet food"


def test_searches_of_one_shape_find_each_its_own_with_one_plan() -> None:
    for _ in range(3):
        assert names(words="parish") == []
        assert names(words="cedar", language="es") == ["Weekly groceries"]
        assert names(words="luke", language="en") == ["Pantry"]


def test_a_listing_where_the_zip_codes_list_has_a_town_for_a_time_zone_is_found() -> None:
    """99634 is Napakiak, Alaska; its zone is said to be "Napakiak"."""
    far = PlaceEntry(address_1="1 River Rd", city="Napakiak", state_province="AK", postal_code="99634")
    owner = create_organization(name="River House")
    create_service(
        organization_id=owner,
        entry=ServiceEntry(name="Fish camp", place=far, hours=(weekly("SA", time(9), time(12)),)),
    )
    assert names(words="fish camp", weekday=5) == ["Fish camp"]


def test_everything_without_a_question() -> None:
    result = search(SearchQuery())
    assert (result.total, result.pages) == (4, 1)


def test_a_place_sorts_by_distance_and_keeps_what_is_nowhere() -> None:
    result = search(SearchQuery(need=FOOD, zip="98144", radius_miles=10))
    assert [hit.listing.service_name for hit in result.hits] == ["Weekly groceries", "Pantry"]
    near, nowhere = result.hits
    assert near.miles == pytest.approx(0.0, abs=0.01)
    assert near.serves == "yes"
    assert nowhere.miles is None
    assert not nowhere.listing.place_known
    assert result.without_place == 1
    assert result.place_words == "98144 Seattle, WA"
    assert len(search(SearchQuery(need=FOOD, zip="98144", radius_miles=40)).hits) == 3


def test_the_distance_from_seattle_to_tacoma() -> None:
    """98144 to 98402 is about 24 miles as the crow flies (great circle, worked out by hand)."""
    assert miles_between(zip_place("98144"), 47.2529, -122.4443) == pytest.approx(23.9, abs=0.3)


def test_a_city_is_a_place_as_well() -> None:
    by_zip, by_city = (search(SearchQuery(zip=each)) for each in ("98144", "seattle, wa"))
    assert by_city.place_words == "Seattle, WA"
    assert by_city.total == by_zip.total
    assert not by_city.problem


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Portland", "OR"), ("Portland, ME", "ME"), ("portland maine", "ME"), ("Springfield IL", "IL")],
)
def test_of_cities_of_one_name_the_one_in_the_networks_time_zone_comes_first(typed: str, first: str) -> None:
    found = cities_named(typed)
    assert found[0].state == first
    assert found[0].zip == ""


def test_a_city_is_never_said_to_be_left_out_by_a_list_of_zip_codes() -> None:
    (seattle,) = cities_named("Seattle, WA")
    assert serves(["98118, 98144"], seattle) == ServesAnswer.NOT_KNOWN
    assert serves(["All of King County"], seattle) == ServesAnswer.YES


def test_a_zip_that_does_not_exist_is_said_and_searched_without() -> None:
    for code in ("00000", "abc", "9" * 500):
        result = search(SearchQuery(zip=code))
        assert result.total == 4
        assert "not a place" in result.problem


def test_a_language_comes_first_and_unknown_is_kept() -> None:
    assert names(need=FOOD, language="Spanish") == ["Weekly groceries", "Pantry"]
    assert names(need=FOOD, language="es", include_unknown=False) == ["Weekly groceries"]


def test_a_weekday_comes_first_and_unknown_is_kept() -> None:
    assert names(need=FOOD, weekday=5) == ["Weekly groceries", "Pantry"]
    assert names(need=FOOD, weekday=0, include_unknown=False) == ["Tacoma table"]


def test_accepting_leaves_out_what_is_full() -> None:
    set_capacity(actor=SYSTEM, service_id=Service.objects.get(name="Pantry").id, status="full")
    assert "Pantry" not in names(need=FOOD, accepting=True)
    assert "Pantry" in names(need=FOOD)


def test_pages() -> None:
    first, second = (search(SearchQuery(need=FOOD, per_page=2, page=page)) for page in (1, 2))
    assert (first.total, first.pages, len(first.hits), len(second.hits)) == (3, 2, 2, 1)
    assert search(SearchQuery(need=FOOD, per_page=2, page=99)).page == 2


def test_a_shelter_leaves_by_no_path() -> None:
    hit = search(SearchQuery(need=HOME, zip="98144", radius_miles=1)).hits[0]
    page = service_page(hit.listing.id)
    said = repr(hit) + repr(page) + repr(listing_for_referral(hit.listing.id, near=zip_place("98144")))
    for secret in ("Secret", "47.585", "122.301"):
        assert secret not in said
    assert hit.miles is None
    assert hit.listing.phones[0].number == "800-555-0199"
    assert search(SearchQuery(need=HOME, zip="98402", radius_miles=1)).total == 1, "found from anywhere"


def test_the_card_for_a_referral() -> None:
    card = listing_for_referral(Service.objects.get(name="Weekly groceries").id, near=zip_place("98144"))
    assert (card.organization_name, card.claimed_by, card.is_victim_service) == (
        "Cedar Food Bank",
        None,
        False,
    )
    assert [phone.number for phone in card.phones] == ["206-555-0101"]
    assert (card.cost, card.languages, card.hours_lines) == (
        "Free",
        ("Spanish", "English"),
        ("Sat 9 am – 12 pm",),
    )
    assert card.place is not None
    assert (card.place.address, card.place.postal_code) == ("1 Main St", "98144")


def test_the_search_follows_every_write() -> None:
    Organization.objects.filter(name="St. Luke Church").update(name="Saint Luke Parish")
    assert names(words="parish") == ["Pantry"]
    assert names(words="church") == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_service SET name = 'Larder' WHERE name = 'Pantry'")
    assert names(words="larder") == ["Larder"]


def test_a_closed_service_is_not_found() -> None:
    Service.objects.filter(name="Pantry").update(status="defunct")
    assert "Pantry" not in names(need=FOOD)


def test_a_page_takes_few_queries_however_many_hits(django_assert_max_num_queries: object) -> None:
    search(SearchQuery(need=FOOD))  # what was just written is made ready for the search
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        search(SearchQuery(need=FOOD))
