"""Hours that differ by place: said by the keeper or by whoever checks, shown with each address, kept."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.community import FOOD, Community
from tests.rooms.directory.feeds import bring, organization, row_id, service
from tests.web.reading import text
from tests.web.test_our_hours import line, sent
from waypost.directory import services
from waypost.directory.models import Organization, Schedule
from waypost.directory.rules.schedule import weekly
from waypost.directory.selectors import SearchQuery, listing_for_referral, search
from waypost.directory.services import PlaceEntry, ServiceEntry
from waypost.kernel import clock
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import today

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]
WEEK = weekly("MO,TU,WE,TH,FR", time(9), time(17))
MONDAY = today() + timedelta(days=(0 - today().weekday()) % 7 or 7)


@pytest.fixture
def sam(client: Client, community: Community, sign_in: SignIn) -> Client:
    return sign_in(client, community.sam)


def pantry(owner: UUID, *streets: str, **more: Any) -> tuple[UUID, list[UUID]]:
    """A service at several places, open at the same hours everywhere."""
    entry = ServiceEntry(name="Food stand", need_categories=(FOOD,), hours=(WEEK,), **more)
    made = services.create_service(organization_id=owner, entry=entry)
    places = [
        services.create_location(
            organization_id=owner,
            place=PlaceEntry(
                name=f"Stand {n}", address_1=each, city="Seattle", state_province="WA", postal_code="98144"
            ),
        )
        for n, each in enumerate(streets, 1)
    ]
    services.set_places(actor=SYSTEM, service_id=made, location_ids=places)
    return made, places


@pytest.fixture
def ours(community: Community) -> tuple[UUID, list[UUID]]:
    owner = listing_for_referral(community.groceries).organization_id
    return pantry(owner, "1 Elm St", "2 Elm St", "3 Elm St")


def by_place(service_id: UUID) -> dict[str, list[tuple[str, time | None]]]:
    """By place: days and when it opens; '' for what holds everywhere."""
    found: dict[str, list[tuple[str, time | None]]] = {}
    for row in Schedule.objects.filter(service_id=service_id).order_by("id"):
        found.setdefault("", []).append((row.byday, row.opens_at))
    rows = Schedule.objects.filter(service_at_location__service=service_id).order_by("id")
    for row in rows.select_related("service_at_location__location"):
        assert row.service_at_location is not None
        found.setdefault(row.service_at_location.location.name, []).append((row.byday, row.opens_at))
    return found


def test_one_place_differs_and_the_others_keep_what_they_had(
    sam: Client, ours: tuple[UUID, list[UUID]], as_web: Callable[[], None]
) -> None:
    as_web()
    made, places = ours
    page = text(sam.get(f"/listing/{made}/hours/"))
    assert "Hours at each place" in page and "Stand 2, 2 Elm St" in page
    address = f"/listing/{made}/hours/{places[1]}/"
    assert "The other places keep the hours of today." in text(sam.get(address))
    answer = sam.post(
        address, sent([line("SA", "10:00", "12:00"), line("SA", "14:00", "15:00")]), follow=True
    )
    assert "You changed the hours of Food stand at Stand 2" in text(answer)
    assert by_place(made) == {
        "Stand 1": [("MO,TU,WE,TH,FR", time(9))],
        "Stand 2": [("SA", time(10)), ("SA", time(14))],
        "Stand 3": [("MO,TU,WE,TH,FR", time(9))],
    }
    public = text(Client().get(f"/services/{made}/"))
    assert "The hours differ by place." in public
    there = {
        street: next(each for each in public.split('<div class="break">')[1:] if street in each)
        for street in ("2 Elm St", "3 Elm St")
    }
    assert "<dt>Monday to Friday</dt><dd>Closed</dd>" in there["2 Elm St"]
    assert "<dt>Saturday</dt><dd>10 am to 12 pm, 2 pm to 3 pm</dd>" in there["2 Elm St"]
    assert "<dt>Monday to Friday</dt><dd>9 am to 5 pm</dd>" in there["3 Elm St"]
    assert "<dt>Saturday</dt>" not in there["3 Elm St"]
    # the keeper's pages say it too, and the same hours everywhere come back in one step
    assert "The hours differ by place." in text(sam.get(f"/listing/{made}/"))
    page = sam.post(f"/listing/{made}/hours/", sent([]))
    assert page.status_code == 422 and "Write hours that hold at every place" in text(page)
    sam.post(f"/listing/{made}/hours/", sent([line("SU", "08:00", "09:00")]))
    assert by_place(made) == {"": [("SU", time(8))]}


def test_a_search_at_that_hour_reads_the_hours_of_the_place(
    sam: Client, ours: tuple[UUID, list[UUID]], community: Community
) -> None:
    made, places = ours
    sam.post(f"/listing/{made}/hours/{places[1]}/", sent([line("SU", "10:00", "12:00")]))
    sunday = MONDAY + timedelta(days=6)
    moment = datetime(sunday.year, sunday.month, sunday.day, 19, tzinfo=UTC)  # 11:00 in Seattle in winter
    with clock.at(moment):
        services.make_all_anew()
        found = search(SearchQuery(words="stand", open_now=True))
    assert made in {hit.listing.id for hit in found.hits}


def test_nothing_here_means_not_known_here(sam: Client, ours: tuple[UUID, list[UUID]]) -> None:
    made, places = ours
    answer = sam.post(f"/listing/{made}/hours/{places[0]}/", sent([], unknown="on"), follow=True)
    assert "at Stand 1, 1 Elm St, Seattle, WA 98144 are listed as not known." in text(answer)
    assert set(by_place(made)) == {"Stand 2", "Stand 3"}
    public = text(Client().get(f"/services/{made}/"))
    assert "The hours here are not known. Call first." in public


def test_a_private_place_is_no_place_whose_hours_are_told(
    sam: Client, ours: tuple[UUID, list[UUID]], community: Community
) -> None:
    made, places = ours
    sam.post(f"/listing/places/{places[2]}/private/", {"private": "yes"})
    assert sam.get(f"/listing/{made}/hours/{places[2]}/").status_code == 404
    sam.post(f"/listing/{made}/hours/{places[0]}/", sent([line("SA", "10:00", "12:00")]))
    public = text(Client().get(f"/services/{made}/"))
    assert "3 Elm St" not in public and public.count("<dt>Saturday</dt>") == 1


def test_whoever_checks_mends_a_listing_that_nobody_keeps(community: Community, ana: Client) -> None:
    church = Organization.objects.get(name="St. Luke Church")
    made, places = pantry(church.id, "7 Oak St", "8 Oak St")
    check = text(ana.get(f"/upkeep/due/{made}/check/"))
    assert f"/upkeep/due/{made}/hours/" in check
    address = f"/upkeep/due/{made}/hours/{places[0]}/"
    assert "When is it open?" in text(ana.get(address))
    answer = ana.post(address, sent([line("SA", "10:00", "12:00")], how="visit"), follow=True)
    assert "You changed the hours of Food stand at Stand 1" in text(answer)
    check = text(ana.get(f"/upkeep/due/{made}/check/"))
    assert "The hours differ by place:" in check and "Saturday" in check
    everywhere = f"/upkeep/due/{made}/hours/"
    assert "The hours differ by place." in text(ana.get(everywhere))
    assert ana.post(everywhere, sent([], how="phone")).status_code == 422
    ana.post(everywhere, sent([line("WE", "10:00", "12:00")], how="phone"))
    assert by_place(made) == {"": [("WE", time(10))]}


def test_who_may_not(
    community: Community, ana: Client, ours: tuple[UUID, list[UUID]], sign_in: SignIn
) -> None:
    made, places = ours
    olga = sign_in(Client(), community.olga)
    for each in ("", f"{places[0]}/"):
        assert ana.post(f"/upkeep/due/{made}/hours/{each}", sent([])).status_code == 404
        assert olga.post(f"/listing/{made}/hours/{each}", sent([])).status_code == 404
    other, elsewhere = pantry(Organization.objects.get(name="St. Luke Church").id, "9 Oak St", "5 Oak St")
    assert ana.post(f"/upkeep/due/{other}/hours/{places[0]}/", sent([])).status_code == 404
    Organization.objects.filter(name="St. Luke Church").update(is_victim_service=True)
    for each in ("", f"{elsewhere[0]}/"):
        assert ana.get(f"/upkeep/due/{other}/hours/{each}").status_code == 404


def test_no_feed_writes_over_them(community: Community, sam: Client) -> None:
    def feed(opens: str) -> None:
        bring(
            "alpha",
            organizations=[organization()],
            services=[service(need_categories=[FOOD])],
            locations=[{"id": "l", "organization_id": "o", "name": "Hall"}, {"id": "m", "name": "Barn"}],
            service_at_locations=[
                {"id": "j", "service_id": "s", "location_id": "l"},
                {"id": "k", "service_id": "s", "location_id": "m"},
            ],
            schedules=[
                {"id": each, "service_at_location_id": each, "freq": "WEEKLY", "byday": "MO"}
                | {"opens_at": time.fromisoformat(opens), "closes_at": time(17)}
                for each in ("j", "k")
            ],
        )

    feed("08:00")
    made, hall = row_id("alpha", "services", "s"), row_id("alpha", "locations", "l")
    Organization.objects.filter(pk=row_id("alpha", "organizations", "o")).update(claimed_by=community.bank)
    assert by_place(made) == {"Hall": [("MO", time(8))], "Barn": [("MO", time(8))]}
    sam.post(f"/listing/{made}/hours/{hall}/", sent([line("SA", "10:00", "12:00")]))
    feed("07:00")
    assert by_place(made) == {"Hall": [("SA", time(10))], "Barn": [("MO", time(7))]}
    services.settle_due()
    assert by_place(made) == {"Hall": [("SA", time(10))], "Barn": [("MO", time(7))]}
