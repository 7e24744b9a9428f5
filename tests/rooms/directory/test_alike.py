"""Two listings beside one another: the same, or not, and the reasons. Judged by hand, from pairs like those
that feeds hold."""

import pytest

from waypost.directory.rules.alike import PROPOSED, Signals, alike
from waypost.directory.rules.names import name_form, phone_form, street_form, tax_form, web_form, zip_form

PHONE, OTHER_PHONE = "+12065550143", "+12065550199"
HOUSE = ("12 cedar st", "", "98144")


def listing(name: str, **more: object) -> Signals:
    return Signals(name=name, **more)  # type: ignore[arg-type]


SAME = [
    (
        "organization",
        listing("Cedar Food Bank", phones=(PHONE,), addresses=(HOUSE,)),
        listing("Cedar Foodbank, Inc.", phones=(PHONE,), addresses=(HOUSE,)),
    ),
    (
        "organization",
        listing("St. Luke Church", addresses=(HOUSE,)),
        listing("Saint Luke Church", addresses=(HOUSE,)),
    ),
    (
        "organization",
        listing("Hope Center", tax_ids=("911234567",)),
        listing("The Hope Center of Kent", tax_ids=("911234567",)),
    ),
    (
        "organization",
        listing("Ceder Valley Outreach", phones=(PHONE,), zips=("98144",)),
        listing("Cedar Valley Outreach", phones=(PHONE,), zips=("98144",)),
    ),
    (
        "service",
        listing("Pantry", organization="Oak Hill Church", phones=(PHONE,), addresses=(HOUSE,)),
        listing("Food Pantry", organization="Oak Hill Church, Inc", phones=(PHONE,), addresses=(HOUSE,)),
    ),
    (
        "location",
        listing("Oak Hill Church", organization="Oak Hill Church", addresses=(HOUSE,)),
        listing("Oak Hill Church", organization="Oak Hill", addresses=(HOUSE,)),
    ),
    (
        "location",
        listing("Elm House", organization="Elm House", points=((47.6001, -122.3001),)),
        listing("Elm House", organization="Elm House", points=((47.6003, -122.3002),)),
    ),
]
DIFFERENT = [
    # a chain: one name in two towns
    (
        "organization",
        listing("Salvation Army", points=((47.6, -122.3),)),
        listing("Salvation Army", points=((41.1, -81.5),)),
    ),
    # a pantry and a thrift store in one house, on one switchboard
    (
        "organization",
        listing("Trinity Food Pantry", phones=(PHONE,), addresses=(HOUSE,)),
        listing("Trinity Thrift Store", phones=(PHONE,), addresses=(HOUSE,)),
    ),
    # two who share a house
    (
        "organization",
        listing("Cedar Legal Aid", addresses=(("12 cedar st", "4", "98144"),)),
        listing("Elder Circle", addresses=(("12 cedar st", "5", "98144"),)),
    ),
    (
        "organization",
        listing("Elementary School 12", zips=("98144",)),
        listing("Elementary School 14", zips=("98144",)),
    ),
    # everybody's name, nothing else
    ("organization", listing("Food Pantry", zips=("98144",)), listing("Food Pantry", zips=("98144",))),
    (
        "organization",
        listing("Hope Center", tax_ids=("911234567",), zips=("98144",)),
        listing("Hope Center", tax_ids=("917654321",), zips=("98144",)),
    ),
    # one organization, two services of its own
    (
        "service",
        listing("Rent help", organization="Elm", organization_id="1", phones=(PHONE,), addresses=(HOUSE,)),
        listing("Job club", organization="Elm", organization_id="1", phones=(PHONE,), addresses=(HOUSE,)),
    ),
    (
        "service",
        listing("Community Meal", organization="Elm Church", addresses=(HOUSE,)),
        listing("Food Pantry", organization="Elm Church", addresses=(HOUSE,)),
    ),
    # two branches
    (
        "location",
        listing(
            "Salvation Army Akron", organization="Salvation Army Akron", phones=(PHONE,), addresses=(HOUSE,)
        ),
        listing(
            "Salvation Army Akron",
            organization="Salvation Army Akron",
            phones=(PHONE,),
            addresses=(("880 kenmore blvd", "", "98118"),),
        ),
    ),
]


@pytest.mark.parametrize(("kind", "a", "b"), SAME)
def test_the_same_is_proposed(kind: str, a: Signals, b: Signals) -> None:
    found = alike(kind, a, b)
    assert found.proposed, found
    assert found.score == alike(kind, b, a).score


@pytest.mark.parametrize(("kind", "a", "b"), DIFFERENT)
def test_what_is_not_the_same_is_not_proposed(kind: str, a: Signals, b: Signals) -> None:
    found = alike(kind, a, b)
    assert not found.proposed, found
    assert found.score == alike(kind, b, a).score


def test_every_part_says_what_was_compared_and_the_parts_are_the_score() -> None:
    a = listing("Cedar Food Bank", phones=(PHONE,), addresses=(HOUSE,))
    b = listing("Cedar Foodbank Inc.", phones=(PHONE, OTHER_PHONE), addresses=(HOUSE,))
    found = alike("organization", a, b)
    assert {(part.code, part.a, part.b) for part in found.parts} == {
        ("name_same", "Cedar Food Bank", "Cedar Foodbank Inc."),
        ("phone_same", PHONE, PHONE),
        ("address_same", "12 cedar st, 98144", "12 cedar st, 98144"),
    }
    assert found.score == pytest.approx(sum(part.weight for part in found.parts))


def test_a_number_that_many_share_says_little() -> None:
    a, b = listing("Elm House", phones=(PHONE,)), listing("Oak House", phones=(PHONE,))
    few, many = alike("organization", a, b), alike("organization", a, b, frozenset({PHONE}))
    assert few.score > many.score
    assert [part.code for part in many.parts if part.weight > 0] == ["phone_of_many"]


def test_another_suite_counts_against() -> None:
    a = listing("Cedar Help", addresses=(("12 cedar st", "4", "98144"),))
    b = listing("Cedar Help", addresses=(("12 cedar st", "5", "98144"),))
    assert alike("organization", a, b).score < PROPOSED
    assert [part.code for part in alike("organization", a, b).parts if part.weight < 0] == ["unit_other"]


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ("The Cedar Foodbank, Inc.", "cedar food bank"),
        ("St. Luke’s Ctr.", "saint lukes center"),
        ("Comida para Niños", "comida para ninos"),
        ("Faith & Hope", "faith hope"),
        ("", ""),
    ],
)
def test_names_in_one_form(given: str, form: str) -> None:
    assert name_form(given) == form


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ("(206) 555-0143", "+12065550143"),
        ("206.555.0143 x12", "+12065550143"),
        ("+1 206 555 0143", "+12065550143"),
        ("1-206-555-0143", "+12065550143"),
        ("call the office", ""),
        ("211", ""),
        ("", ""),
    ],
)
def test_phone_numbers_in_one_form(given: str, form: str) -> None:
    assert phone_form(given) == form


@pytest.mark.parametrize(
    ("first", "second", "form"),
    [
        ("12 Cedar Street", "Suite 5", ("12 cedar st", "5")),
        ("12 CEDAR ST. #5", "", ("12 cedar st", "5")),
        ("12 Cedar St", "", ("12 cedar st", "")),
        ("400 North Main Avenue", "2nd Floor", ("400 n main ave", "2")),
        ("Corner of Elm and Oak", "", ("", "")),
    ],
)
def test_streets_in_one_form(first: str, second: str, form: tuple[str, str]) -> None:
    assert street_form(first, second) == form


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ("https://www.cedar.org/help?x=1", "cedar.org"),
        ("CEDAR.org", "cedar.org"),
        ("https://www.facebook.com/cedarfood/", "facebook.com/cedarfood"),
        ("https://facebook.com", ""),
        ("none", ""),
        ("http://[", ""),
    ],
)
def test_links_in_one_form(given: str, form: str) -> None:
    assert web_form(given) == form


def test_numbers_of_the_state() -> None:
    assert (tax_form("91-1234567"), tax_form("000000000"), tax_form("pending")) == ("911234567", "", "")
    assert (zip_form("98144-1234"), zip_form("981"), zip_form("")) == ("98144", "", "")


def test_two_places_of_one_organization_are_put_before_nobody() -> None:
    """Pencil: feeds tell a place once for each service there; to merge them helps no reader."""
    one = Signals("Birchwood Hall", organization_id="a", addresses=(("12 main st", "", "98144"),))
    again = Signals("Birchwood Hall", organization_id="a", addresses=(("12 main st", "", "98144"),))
    elsewhere = Signals("Birchwood Hall", organization_id="b", addresses=(("12 main st", "", "98144"),))
    assert not alike("location", one, again).proposed
    assert alike("location", one, elsewhere).proposed
