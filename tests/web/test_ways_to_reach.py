"""Every phone, e-mail and address with its own words on safety, on one page."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.reading import FOUND, REFUSED, text
from waypost.disclosure import gate
from waypost.kernel.transaction import acting
from waypost.people import selectors as people
from waypost.people.cards import ContactCard
from waypost.people.services import Contact, Identity, register

pytestmark = pytest.mark.django_db

FIRST = {"given_name": "Kim", "family_name": "Tran", "language": "en", "phone": "206-555-0101"}


def kim(community: Community, *contacts: Contact) -> UUID:
    with acting(community.ana):
        return register(
            actor=community.ana,
            identity=Identity(given_name="Kim", family_name="Tran"),
            contacts=[Contact(kind="phone", value="206-555-0101"), *contacts],
        )


def known(community: Community, person: UUID) -> list[ContactCard]:
    with acting(community.ana):
        card = people.person(community.ana, gate.open_record(community.ana, person), person)
    return list(card.contacts)


def change(ana: Client, person: UUID, **more: Any) -> Any:
    return ana.post(reverse("person_change", args=[person]), {**FIRST, **more})


def test_a_second_phone_and_an_email_have_words_of_their_own(community: Community, ana: Client) -> None:
    person = kim(community, Contact(kind="phone", value="206-555-0102"))
    page = text(ana.get(reverse("person_change", args=[person])))
    assert "Phone: 206-555-0102" in page and "Another phone, an e-mail or an address" in page
    second = {"way0-kind": "phone", "way0-value": "206-555-0102", "way0-safety": "not_safe"}
    third = {"way1-kind": "email", "way1-value": "kim@home.example", "way1-note": "her brother reads it"}
    assert change(ana, person, **second, **third).status_code == FOUND
    found = {each.value: each for each in known(community, person)}
    assert found["206-555-0102"].safety == "not_safe" and found["206-555-0101"].safety == ""
    assert found["kim@home.example"].note == "her brother reads it"
    page = text(ana.get(reverse("person", args=[person])))
    assert "206-555-0102: NOT SAFE" in page and "her brother reads it" in page
    assert "tel:+12065550101" in page and "tel:+12065550102" not in page


def test_a_number_for_texts_alone_offers_no_call(community: Community, ana: Client) -> None:
    person = kim(community)
    assert change(ana, person, text_only="on").status_code == REFUSED
    assert change(ana, person, text_only="on", may_text="on").status_code == FOUND
    page = text(ana.get(reverse("person", args=[person])))
    assert "do not call, text only" in page
    assert "sms:+12065550101" in page and "tel:+12065550101" not in page


def test_what_the_page_does_not_send_stays_and_what_is_marked_goes(community: Community, ana: Client) -> None:
    other = Contact(kind="phone", value="206-555-0102", safety="ask_first", code_word="pine")
    person = kim(community, other, Contact(kind="address", value="1 Elm St", safety="not_safe"))
    assert change(ana, person, address="1 Elm St", address_safety="not_safe").status_code == FOUND
    found = {each.value: each for each in known(community, person)}
    assert (found["206-555-0102"].code_word, found["1 Elm St"].safety) == ("pine", "not_safe")
    gone = {"way0-kind": "phone", "way0-value": "206-555-0102", "way0-ended": "on"}
    assert change(ana, person, address="1 Elm St", address_safety="not_safe", **gone).status_code == FOUND
    assert [each.value for each in known(community, person)] == ["206-555-0101", "1 Elm St"]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [("phone", "12", "at least seven digits"), ("email", "kim at home", "valid email")],
)
def test_what_cannot_be_reached_is_not_kept(
    community: Community, ana: Client, kind: str, value: str, words: str
) -> None:
    person = kim(community)
    answer = change(ana, person, **{"way0-kind": kind, "way0-value": value})
    assert answer.status_code == REFUSED
    assert words in text(answer) and '<details class="why" open' in answer.content.decode()
    assert len(known(community, person)) == 1


def test_somebody_new_may_have_two_ways_at_once(community: Community, ana: Client) -> None:
    more = {"way0-kind": "email", "way0-value": "lu@home.example", "way0-safety": "ask_first"}
    answer = ana.post(reverse("person_new"), {**FIRST, "given_name": "Lu", "phone": "206-555-0199", **more})
    assert answer.status_code == FOUND
    person = UUID(answer.headers["Location"].rstrip("/").rsplit("/", 1)[1])
    assert [each.kind for each in known(community, person)] == ["phone", "email"]
