"""Every filter, the counts beside it, what is never told, words that were meant; worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from waypost.directory.models import Location, Organization, Schedule, Service, ServiceAtLocation
from waypost.directory.rules.schedule import weekly
from waypost.directory.selectors import SearchQuery, search, zip_place
from waypost.directory.services import (
    PlaceEntry,
    ServiceEntry,
    create_organization,
    create_service,
    listing_changed,
    make_all_anew,
    replace_service,
    set_capacity,
)
from waypost.kernel import clock
from waypost.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db

FOOD, HOME, UTILITY = "food-insecurity", "homelessness", "utility-insecurity"
SEATTLE = PlaceEntry(
    address_1="1 Main St", city="Seattle", state_province="WA", postal_code="98144",
    latitude=47.5846, longitude=-122.3005, accessibility=("Wheelchair ramp",), transportation="Bus 7",
)  # fmt: skip
TACOMA = PlaceEntry(address_1="2 Pacific Ave", postal_code="98402", latitude=47.2529, longitude=-122.4443)
SPOKANE = PlaceEntry(address_1="3 River St", city="Spokane", state_province="WA", postal_code="99201")
MIAMI = PlaceEntry(address_1="4 Palm St", city="Miami", state_province="Florida", postal_code="33101")


def add(name: str, organization: UUID | None = None, **fields: Any) -> UUID:
    owner = organization or create_organization(name=f"House of {name}")
    return create_service(organization_id=owner, entry=ServiceEntry(name=name, **fields))


@pytest.fixture(autouse=True)
def listings(db: None) -> None:
    add(
        "Alder", need_categories=(FOOD,), place=SEATTLE, languages=("Spanish",), cost="Free",
        required_documents=("None",), how_to_reach="walk_in", eligibility="Veterans and families",
        minimum_age=Decimal(18), maximum_age=Decimal(59), hours=(weekly("SA", time(9), time(12)),),
        areas=("98144",), description="A box of vegetables",
    )  # fmt: skip
    add(
        "Birch", need_categories=(FOOD, UTILITY), place=TACOMA, languages=("English",), cost="Sliding scale",
        required_documents=("Photo ID",), how_to_reach="inbox", eligibility="Seniors",
        minimum_age=Decimal(60), hours=(weekly("MO", time(18), time(2)),), areas=("Pierce County",),
        description="Pays the electric bill",
    )  # fmt: skip
    add("Cedar", need_categories=(FOOD,))
    add("Dogwood", need_categories=(HOME,), place=MIAMI)
    add("Elm", need_categories=(HOME,), place=SPOKANE, cost="$20 a visit")


def names(**query: Any) -> set[str]:
    return {hit.listing.service_name for hit in search(SearchQuery(per_page=100, **query)).hits}


def known(**query: Any) -> set[str]:
    return names(include_unknown=False, **query)


@pytest.mark.parametrize(
    ("query", "sure", "kept"),
    [
        ({"need": FOOD}, "ABC", "ABC"),
        ({"language": "es"}, "A", "ACDE"),
        ({"language": "Spanish"}, "A", "ACDE"),
        ({"weekday": 0}, "B", "BCDE"),
        ({"weekday": 5, "at_hour": time(10)}, "A", "ACDE"),
        ({"weekday": 5, "at_hour": time(12)}, "", "CDE"),
        ({"weekday": 1, "at_hour": time(1)}, "B", "BCDE"),  # Monday's hours last until 2 on Tuesday
        ({"at_hour": time(11)}, "A", "ACDE"),
        ({"age": 0}, "", "CDE"),
        ({"age": 59}, "A", "ACDE"),
        ({"age": 60}, "B", "BCDE"),
        ({"situations": ("veterans",)}, "A", "ACDE"),
        ({"situations": ("veterans", "families")}, "A", "ACDE"),
        ({"situations": ("veterans", "seniors")}, "", "CDE"),
        ({"accessibility": ("wheelchair",)}, "A", "ABCDE"),
        ({"cost": "free"}, "A", "ACD"),
        ({"cost": "low"}, "AB", "ABCD"),
        ({"no_documents": True}, "A", "ACDE"),
        ({"walk_in": True}, "A", "ACDE"),
        ({"transit": True}, "A", "ABCDE"),
    ],
)
def test_a_filter_drops_what_is_known_not_to_fit(query: dict[str, Any], sure: str, kept: str) -> None:
    assert {each[0] for each in known(**query)} == set(sure)
    assert {each[0] for each in names(**query)} == set(kept)
    first = search(SearchQuery(per_page=100, **query)).hits[: len(sure)]
    assert {hit.listing.service_name[0] for hit in first} == set(sure), "what is known comes first"


def test_open_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saturday 10:00 in Seattle is 18:00 UTC in November (RFC 9557 zone America/Los_Angeles, no DST)."""
    saturday = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
    freeze(monkeypatch, saturday)
    assert known(open_now=True) == {"Alder"}
    freeze(monkeypatch, saturday + timedelta(hours=2))
    assert known(open_now=True) == set()
    assert names(open_now=True) == {"Cedar", "Dogwood", "Elm"}


def freeze(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    for module in ("findings", "selectors.filters", "selectors.statement"):
        for name, value in (("now", moment), ("today", moment.date())):
            monkeypatch.setattr(
                f"waypost.directory.{module}.{name}", lambda value=value: value, raising=False
            )


def test_near_me_and_serves_my_address_are_two_things() -> None:
    assert names(zip="98144", radius_miles=5) == {"Alder", "Cedar", "Elm"}, "nowhere known, or in this state"
    assert names(zip="98402", radius_miles=5) == {"Birch", "Cedar", "Elm"}
    assert names(zip="98402", radius_miles=40) == {"Alder", "Birch", "Cedar", "Elm"}
    assert names(zip="98144", serves_only=True, include_unknown=False) == {"Alder"}
    assert names(zip="98375", serves_only=True, include_unknown=False) == {"Birch"}, "in Pierce County"
    assert names(zip="98144", serves_only=True) == {"Alder", "Cedar", "Elm"}, "two name no area"
    assert names(zip="33101", radius_miles=5) == {"Cedar", "Dogwood"}
    assert names(place=zip_place("98144"), radius_miles=5) == {"Alder", "Cedar", "Elm"}


def test_an_area_that_takes_the_address_in_counts_at_any_distance() -> None:
    add("Fir", place=MIAMI, areas=("All of Washington",))
    assert "Fir" in names(zip="98144", radius_miles=1)
    add("Ginkgo", place=TACOMA, areas=("Washington except King County",))
    assert "Ginkgo" not in names(zip="98144", radius_miles=1)


def test_each_hit_names_the_filters_that_its_listing_does_not_speak_of() -> None:
    query = SearchQuery(need=FOOD, language="es", cost="free", zip="98144", serves_only=True)
    result = search(query)
    assert (result.total, result.fitting) == (2, 1)
    assert {hit.listing.service_name: set(hit.unsaid) for hit in result.hits} == {
        "Alder": set(),
        "Cedar": {"language", "cost", "serves_only"},
    }


FACET_QUERIES: list[dict[str, Any]] = [
    {},
    {"need": FOOD},
    {"zip": "98144", "radius_miles": 40.0},
    {"zip": "98144", "radius_miles": 40.0, "need": FOOD, "language": "es"},
    {"words": "house", "cost": "free", "walk_in": True},
    {"weekday": 5, "situations": ("veterans",)},
    {"need": FOOD, "include_unknown": False, "cost": "low"},
    {"zip": "98144", "serves_only": True, "language": "es"},
    {"age": 59, "need": FOOD},
    {"age": 59, "language": "es", "zip": "98144"},
]


@pytest.mark.parametrize("query", FACET_QUERIES)
def test_each_count_is_how_many_are_known_to_fit_when_it_is_chosen(query: dict[str, Any]) -> None:
    result = search(SearchQuery(**query), with_facets=True)
    assert result.counts_exact
    counted = 0
    for name, values in result.facets.items():
        for value, number in values.items():
            chosen = {**query, name: choice(name, value, query)}
            assert search(SearchQuery(**chosen)).fitting == number, (name, value)
            counted += number
    assert counted > 0


def choice(name: str, value: str, query: dict[str, Any]) -> object:
    if name in ("situations", "accessibility"):
        return (*query.get(name, ()), value)
    return {"weekday": int}.get(name, bool if value == "true" else str)(value)


SHELTER = PlaceEntry(
    name="Nest", address_1="9 Secret Ln", city="Seattle", state_province="WA", postal_code="98144",
    latitude=47.585, longitude=-122.301, transportation="Bus 7", accessibility=("Wheelchair ramp",),
)  # fmt: skip


@pytest.mark.parametrize("victim", [True, False])
def test_a_hidden_place_is_found_alike_from_everywhere(victim: bool) -> None:
    owner = create_organization(name="Nest", is_victim_service=victim)
    place = SHELTER if victim else PlaceEntry(
        address_1="9 Secret Ln", city="Seattle", state_province="WA", postal_code="98144",
        latitude=47.585, longitude=-122.301, confidential=True,
    )  # fmt: skip
    add("Nest", owner, need_categories=(HOME,), place=place, areas=("98144",) if victim else ())
    asked = [(code, miles) for code in ("98144", "33101", "99201") for miles in (0.1, 500.0)]
    results = [search(SearchQuery(words="nest", zip=code, radius_miles=miles)) for code, miles in asked]
    assert {(result.total, result.without_place, result.hits[0].miles) for result in results} == {
        (1, 1, None)
    }
    assert search(SearchQuery(words="nest", zip="98144", serves_only=True)).fitting == 0
    assert search(SearchQuery(words="secret")).total == 0
    assert search(SearchQuery(words="nest", transit=True, include_unknown=False)).total == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM directory_finding f WHERE name = 'Nest'")
        kept = [row[0] for row in cursor.fetchall()]
    assert len(kept) == 1
    assert not any(secret in kept[0] for secret in ("47.58", "122.3", "98144", "WA", "secret"))


@pytest.mark.parametrize(
    ("words", "found", "meant"),
    [
        ("vegetebles", {"Alder"}, "vegetables"),
        ("vegatables box", {"Alder"}, "vegetables box"),
        ("elctric", {"Birch"}, "electric"),
        ("qqqqqq", set(), ""),
    ],
)
def test_typing_errors_are_mended_and_said(words: str, found: set[str], meant: str) -> None:
    result = search(SearchQuery(words=words))
    assert {hit.listing.service_name for hit in result.hits} == found
    assert result.did_you_mean == meant


def test_what_is_found_is_not_mended() -> None:
    assert search(SearchQuery(words="vegetables")).did_you_mean == ""


@pytest.mark.parametrize(
    ("words", "first", "why"),
    [
        ("verduras", "Alder", "verduras → vegetables"),
        ("ayuda con la luz", "Birch", "luz → electric"),
        ("vegetable", "Alder", "“vegetable” is in its description"),
        ("alder", "Alder", "“alder” is in its name"),
        ("house of cedar", "Cedar", "“cedar” is in its name"),
    ],
)
def test_spanish_plurals_and_why(words: str, first: str, why: str) -> None:
    hit = search(SearchQuery(words=words)).hits[0]
    assert hit.listing.service_name == first
    assert why in hit.why


def test_capacity_ends_by_itself() -> None:
    today = clock.today()
    cedar = Service.objects.get(name="Cedar")
    set_capacity(actor=SYSTEM, service_id=cedar.id, status="full")
    Service.objects.filter(pk=cedar.id).update(capacity_until=today)
    assert "Cedar" not in names(accepting=True)
    Service.objects.filter(pk=cedar.id).update(capacity_until=today - timedelta(days=1))
    assert "Cedar" in names(accepting=True)
    assert "Cedar" not in known(accepting=True)


@pytest.mark.parametrize(
    "change",
    [
        {"hidden_why": "merged"},
        {"expires_on": date(2020, 1, 1)},
        {"status": "inactive"},
        {"status": "Closed"},
    ],
)
def test_what_is_not_shown_is_not_found(change: dict[str, Any]) -> None:
    Service.objects.filter(name="Cedar").update(**change)
    assert "Cedar" not in names()
    assert search(SearchQuery(need=FOOD), with_facets=True).facets["cost"]["free"] == 1


def test_hidden_organizations_and_places() -> None:
    Organization.objects.filter(name="House of Cedar").update(hidden_why="do_not_list")
    assert "Cedar" not in names()
    Location.objects.filter(latitude=47.5846).update(hidden_why="merged")
    assert search(SearchQuery(words="alder", zip="98144")).without_place == 1


def test_doubt_and_a_full_house_rank_lower() -> None:
    near = add("Yew", place=SEATTLE, need_categories=(UTILITY,))
    add("Zelkova", place=SEATTLE, need_categories=(UTILITY,))
    order = SearchQuery(need=UTILITY, zip="98144", radius_miles=5)
    assert [hit.listing.service_name for hit in search(order).hits] == ["Yew", "Zelkova"]
    Service.objects.filter(pk=near).update(doubted_at=clock.now())
    assert [hit.listing.service_name for hit in search(order).hits] == ["Zelkova", "Yew"]


def test_a_claim_changes_no_rank(community: Any) -> None:
    before = [hit.listing.service_name for hit in search(SearchQuery(need=FOOD)).hits]
    Organization.objects.filter(name="House of Cedar").update(claimed_by=community.ana.organization_id)
    assert [hit.listing.service_name for hit in search(SearchQuery(need=FOOD)).hits] == before


def test_no_write_leaves_anything_stale() -> None:
    cedar = Service.objects.get(name="Cedar")
    replace_service(service_id=cedar.id, entry=ServiceEntry(name="Larch", languages=("Somali",), cost="Free"))
    assert known(language="so") == {"Larch"}
    assert names(words="cedar") == {"Larch"}, "its organization is still called so"
    Organization.objects.filter(name="House of Cedar").update(name="Somebody")
    assert names(words="cedar") == set()
    place = Location.objects.get(latitude=47.5846)
    ServiceAtLocation.objects.create(service_id=cedar.id, location=place)
    assert known(accessibility=("wheelchair",)) == {"Alder", "Larch"}
    place.accessibility.all().delete()
    assert known(accessibility=("wheelchair",)) == set()
    Schedule.objects.filter(service__name="Alder").delete()
    assert known(weekday=5) == set()
    cedar.delete()
    assert names() == {"Alder", "Birch", "Dogwood", "Elm"}


def test_made_anew_by_hand_and_by_night_it_says_the_same() -> None:
    before = everything()
    listing_changed(Service.objects.values_list("id", flat=True))
    make_all_anew()
    assert everything() == before
    assert len(before) == 5


def everything() -> list[Any]:
    names()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(f) - 'id' FROM directory_finding f ORDER BY name")
        return cursor.fetchall()
