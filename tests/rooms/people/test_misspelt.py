"""Finding people by misspelt names, among one's own alone."""

import pytest

from tests.community import Community, rosa
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.people import selectors
from waypost.people.rules import name_words, near_words
from waypost.people.services import Contact, Identity, change, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _web(community: Community, web_role: None) -> None:
    """As the site reads: policies count."""


def found(actor: Actor, words: str) -> list[str]:
    with acting(actor):
        return [each.name for each in selectors.find_near(actor, words=words)]


def kept(actor: Actor, given: str, family: str) -> None:
    with acting(actor):
        register(actor=actor, identity=Identity(given_name=given, family_name=family))


@pytest.mark.parametrize(
    "words",
    ["Delagdo", "Delgdo", "Dellgado", "delgafo", "Roza Delgado", "Rosa Delgato", "delgado rsoa", "DELGADÓ"],
)
def test_a_letter_wrong_missing_too_many_or_swapped_finds_her(community: Community, words: str) -> None:
    rosa(community.ana)
    assert found(community.ana, words) == ["Rosa Delgado"]


@pytest.mark.parametrize(
    "words", ["Delgado Minh", "Delano", "Ro", "Rxyz Delgado", "206-555-0144", "", "%", "Zzyzx"]
)
def test_what_is_too_far_off_finds_nobody(community: Community, words: str) -> None:
    rosa(community.ana)
    assert found(community.ana, words) == []


def test_the_likeliest_comes_first(community: Community) -> None:
    for given, family in (("Ana", "Gonzales"), ("Ana", "Gonzalez"), ("Ana", "Gonsalves")):
        kept(community.ana, given, family)
    assert found(community.ana, "Gonzale")[:2] == ["Ana Gonzales", "Ana Gonzalez"]


@pytest.mark.parametrize("words", ["Nunez", "garcialopez", "Garcia-Lopes", "obrien"])
def test_accents_hyphens_and_apostrophes_are_no_hindrance(community: Community, words: str) -> None:
    kept(community.ana, "José", "Núñez")
    kept(community.ana, "Eva", "García-López")
    kept(community.ana, "Sean", "O’Brien")
    expected = {"Nunez": ["José Núñez"], "Garcia-Lopes": ["Eva García-López"], "obrien": ["Sean O’Brien"]}
    assert found(community.ana, words) == expected.get(words, [])


def test_nobody_elses_people_are_found(community: Community) -> None:
    rosa(community.ana)
    rosa(community.sam)
    assert found(community.olga, "Delagdo") == []
    assert found(community.sam, "Delagdo") == ["Rosa Delgado"]


def test_a_name_that_was_changed_is_found_by_the_new_one_alone(community: Community) -> None:
    person = rosa(community.ana)
    with acting(community.ana):
        change(
            actor=community.ana,
            person_id=person,
            identity=Identity(given_name="Rosa", family_name="Castillo"),
            contacts=[Contact(kind="phone", value="206-555-0143")],
        )
    assert found(community.ana, "Delagdo") == []
    assert found(community.ana, "Castilo") == ["Rosa Castillo"]


def test_words_of_names_and_their_slips() -> None:
    assert name_words("  O’Brien-García  1972-03-14 María ") == ["o", "brien", "garcia", "maria"]
    known = ["ana", "anna", "delgado", "delgada", "delgadillo"]
    assert near_words("ana", known) == {"ana": 0}
    assert near_words("anna", known) == {"anna": 0, "ana": 1}
    assert near_words("delgado", known) == {"delgado": 0, "delgada": 1}
