"""Who asked not to be listed is shown nowhere, under this id and under any other, until it is undone."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.community import Community
from tests.rooms.directory.feeds import bring, organization, phone, row_id, service
from waypost.directory import selectors, services
from waypost.directory.models import (
    DoNotList,
    DoNotListMatch,
    Finding,
    Location,
    Organization,
    Service,
)
from waypost.directory.selectors import SearchQuery
from waypost.directory.services import Asked
from waypost.kernel.actors import SYSTEM
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db

ASKED = Asked(reason="They moved and want no strangers", asked_by="Ruth, director")
ALPHA = row_id("alpha", "organizations", "o")
PANTRY = row_id("alpha", "services", "s")
NUMBER = "206-555-0143"
STREET = {"address_1": "12 Cedar Street", "postal_code": "98144"}


def whole_feed(source: str = "alpha", name: str = "Cedar House", number: str = NUMBER) -> None:
    bring(
        source,
        organizations=[organization(name)],
        services=[service("Pantry at Cedar")],
        locations=[
            {"id": "l", "name": "Hall", "organization_id": "o", "latitude": 47.6, "longitude": -122.3}
        ],
        phones=[phone(number, organization_id="o")],
        addresses=[{"id": "a", "location_id": "l", **STREET}],
    )


def hide(kind: str = "organization", row: UUID = ALPHA) -> UUID:
    return services.ask_not_to_list(actor=SYSTEM, kind=kind, row_id=row, asked=ASKED)


def is_shown(service_id: UUID) -> bool:
    """Through every door by which a listing is read."""
    doors = {
        service_id in selectors.listings([service_id]),
        bool(selectors.search(SearchQuery(words="pantry")).total),
        bool(selectors.count(SearchQuery(words="pantry"))),
        Finding.objects.filter(service_id=service_id).exists(),
    }
    for read in (selectors.listing_for_referral, selectors.service_page):
        try:
            read(service_id)
        except NotVisible:
            doors.add(False)
        else:
            doors.add(True)
    assert len(doors) == 1, doors
    return doors.pop()


def why(model: Any, row: UUID) -> str:
    return str(model.objects.values_list("hidden_why", flat=True).get(pk=row))


def test_an_organization_goes_with_all_its_services_and_places() -> None:
    whole_feed()
    assert is_shown(PANTRY)
    entry = hide()
    assert not is_shown(PANTRY)
    assert {why(Service, PANTRY), why(Location, row_id("alpha", "locations", "l"))} == {"do_not_list"}
    services.list_again(actor=SYSTEM, entry_id=entry)
    assert is_shown(PANTRY)
    assert not Location.objects.exclude(hidden_why="").exists()


def test_it_stays_hidden_when_its_feed_comes_again_changed_or_not() -> None:
    whole_feed()
    hide()
    whole_feed()
    whole_feed(name="Cedar House Inc", number="206-555-0199")
    bring("alpha", services=[service("Second pantry", id="s2")])
    assert not is_shown(PANTRY)
    assert why(Service, row_id("alpha", "services", "s2")) == "do_not_list"


def test_it_stays_hidden_when_its_row_was_lost_and_comes_back() -> None:
    whole_feed()
    hide("service", PANTRY)
    Service.objects.filter(pk=PANTRY).delete()
    whole_feed()
    bring("alpha", services=[service("Pantry at Cedar")])
    assert not is_shown(PANTRY)


def test_another_feed_that_brings_it_under_another_id_waits_for_a_human() -> None:
    whole_feed()
    hide()
    whole_feed("beta", name="Cedar House, Inc.", number="(206) 555 0143")
    theirs = row_id("beta", "services", "s")
    assert not is_shown(theirs)
    match = DoNotListMatch.objects.get(kind="organization")
    assert (match.row_id, match.status) == (row_id("beta", "organizations", "o"), "open")
    services.decide_match(actor=SYSTEM, match_id=match.id, same=True)
    assert not is_shown(theirs)
    services.decide_match(actor=SYSTEM, match_id=match.id, same=False)
    assert is_shown(theirs)
    whole_feed("beta", name="Cedar House, Incorporated")
    assert is_shown(theirs)  # a human has said that it is another one


def test_a_stranger_with_that_number_or_that_name_is_not_hidden() -> None:
    whole_feed()
    hide()
    bring(
        "beta",
        organizations=[organization("Elder Circle"), organization("Cedar House", id="o2")],
        services=[service("Pantry of elders")],
        phones=[phone(NUMBER, organization_id="o"), phone("206-555-0001", "p2", organization_id="o2")],
    )
    assert is_shown(row_id("beta", "services", "s"))
    assert not DoNotListMatch.objects.exists()


def test_an_address_that_is_never_to_come_is_hidden_wherever_it_comes_from() -> None:
    services.keep_off_the_list(
        actor=SYSTEM,
        kind="location",
        name="",
        phone="",
        address_1="12 Cedar St.",
        postal_code="98144-1234",
        asked=ASKED,
    )
    whole_feed()
    assert why(Location, row_id("alpha", "locations", "l")) == "do_not_list"
    services.catch_up()
    assert Finding.objects.get(service_id=PANTRY).latitude is None
    page = selectors.service_page(PANTRY)
    assert "Cedar Street" not in repr(page) and "47.6" not in repr(page)


def test_somebody_who_is_not_in_the_directory_yet_is_known_by_name_and_number() -> None:
    services.keep_off_the_list(
        actor=SYSTEM,
        kind="organization",
        name="Cedar House",
        phone="+1 206 555 0143",
        address_1="",
        postal_code="",
        asked=ASKED,
    )
    whole_feed()
    assert not is_shown(PANTRY)
    assert DoNotListMatch.objects.get().status == "open"


def test_what_is_merged_and_unlisted_comes_out_merged_when_the_list_lets_it_go() -> None:
    whole_feed()
    whole_feed("beta", name="Birch House", number="206-555-0177")
    beta = row_id("beta", "organizations", "o")
    services.merge_listings(actor=SYSTEM, kind="organization", keep=ALPHA, other=beta)
    entry = hide("organization", beta)
    assert why(Organization, beta) == "do_not_list"
    services.list_again(actor=SYSTEM, entry_id=entry)
    assert why(Organization, beta) == "merged"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(reason=" ", asked_by="Ruth"), "why"),
        (Asked(reason="x", asked_by=""), "who"),
        (Asked(reason="x", asked_by="Ruth", asked_on=today().replace(year=today().year + 1)), "day"),
    ],
)
def test_a_reason_and_a_name_are_needed(asked: Asked, words: str) -> None:
    whole_feed()
    with pytest.raises(Refused, match=words):
        services.ask_not_to_list(actor=SYSTEM, kind="organization", row_id=ALPHA, asked=asked)
    assert not DoNotList.objects.exists()


@pytest.mark.parametrize("kind", ["organization", "location", "planet"])
def test_too_little_to_be_known_by_is_refused(kind: str) -> None:
    with pytest.raises(Refused):
        services.keep_off_the_list(
            actor=SYSTEM, kind=kind, name="Cedar", phone="", address_1="Elm", postal_code="", asked=ASKED
        )


def test_only_who_looks_after_the_directory(community: Community) -> None:
    whole_feed()
    entry = hide()
    for actor in (community.ana, community.sam, community.lee, community.ito):
        for write in (
            lambda actor=actor: services.ask_not_to_list(
                actor=actor, kind="service", row_id=PANTRY, asked=ASKED
            ),
            lambda actor=actor: services.list_again(actor=actor, entry_id=entry),
            lambda actor=actor: services.decide_match(actor=actor, match_id=uuid4(), same=True),
        ):
            with pytest.raises(Refused):
                write()
    for nothing in (
        lambda: services.ask_not_to_list(actor=community.ivy, kind="service", row_id=uuid4(), asked=ASKED),
        lambda: services.list_again(actor=community.ivy, entry_id=uuid4()),
        lambda: services.decide_match(actor=community.ivy, match_id=uuid4(), same=True),
    ):
        with pytest.raises(NotVisible):
            nothing()
    with pytest.raises(Refused):
        hide()
    services.list_again(actor=community.ivy, entry_id=entry)
    with pytest.raises(Refused):
        services.list_again(actor=community.ivy, entry_id=entry)
