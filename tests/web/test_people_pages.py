"""One's own people: the list, registering, changing, the record."""

from uuid import UUID

import pytest
from django.test import Client

from tests.community import FOOD, Community, agree, food_need, rosa, sent_referral
from tests.web.reading import BAD, FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, said, text
from waypost.coordination import selectors as coordination
from waypost.coordination.services import Ask, request_coordination
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.people.selectors import find
from waypost.people.services import Contact, Identity, register
from waypost.referrals.services import take_into_records

pytestmark = pytest.mark.django_db

LINH = {"given_name": "Linh", "family_name": "Tran", "language": "vi"}


def names(actor: Actor) -> list[str]:
    with acting(actor):
        return [row.name for row in find(actor)[0]]


def ask(actor: Actor, **changes: object) -> UUID:
    given = {"person_name": "Rosa Delgado", "phone": "206-555-0143", "language": "es", "reason": FOOD}
    with acting(actor):
        return request_coordination(actor=actor, ask=Ask(**{**given, **changes}))  # type: ignore[arg-type]


# the list


def test_an_empty_list_says_what_will_be_here(ana: Client) -> None:
    page = text(ana.get("/people/"))
    assert "Nobody is registered yet." in page
    assert "Register a patient" in page, "the clinic's own word"


def test_a_food_bank_speaks_of_clients(sam: Client) -> None:
    assert "Register a client" in text(sam.get("/people/"))


@pytest.mark.parametrize("words", ["delg", "Rosa Delgado", "5550143", "1972-03-14", "DÉLGADO"])
def test_people_are_found_by_name_phone_and_birth_date(community: Community, ana: Client, words: str) -> None:
    rosa(community.ana)
    with acting(community.ana):
        register(actor=community.ana, identity=Identity(given_name="Linh", family_name="Tran"))
    page = text(ana.get("/people/", {"q": words}))
    assert "Rosa Delgado" in page
    assert "Linh Tran" not in page


def test_the_list_says_what_is_needed(community: Community, ana: Client) -> None:
    food_need(community.ana, rosa(community.ana))
    assert "1 · Food" in text(ana.get("/people/"))


def test_the_list_shows_nobody_elses_people(community: Community, olga: Client) -> None:
    sent_referral(community)
    assert "Rosa" not in text(olga.get("/people/"))


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=99999999999999999999", "page=7", "q=%00", "q=" + "x" * 3000]
)
def test_odd_queries_show_a_list(community: Community, ana: Client, query: str) -> None:
    rosa(community.ana)
    assert ana.get(f"/people/?{query}").status_code == OK


def test_a_referrer_and_an_integrator_see_no_people(community: Community, sign_in, as_web) -> None:  # type: ignore[no-untyped-def]
    clients = [sign_in(Client(), actor) for actor in (community.ito, community.ivy)]
    as_web()
    assert [client.get("/people/").status_code for client in clients] == [FORBIDDEN, FORBIDDEN]


# registering


def test_a_name_is_enough(community: Community, ana: Client) -> None:
    answer = ana.post("/people/new/", {"given_name": "Linh"})
    assert answer.status_code == FOUND
    assert names(community.ana) == ["Linh"]
    assert said(answer) == ["You registered Linh."]


def test_what_is_typed_stands_on_the_record(community: Community, ana: Client) -> None:
    answer = ana.post(
        "/people/new/",
        {
            **LINH,
            "birth_date": "1950-01-03",
            "interpreter_needed": "on",
            "phone": "(206) 555-0109",
            "may_text": "on",
            "postal_code": "98144",
            "household_size": "2",
        },
        follow=True,
    )
    page = text(answer)
    shown = ["Linh Tran", "Vietnamese, interpreter needed", "(206) 555-0109", "text ok", "98144"]
    assert [words for words in shown if words not in page] == []


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("given_name", "", "A name is needed"),
        ("given_name", "x" * 121, "at most 120"),
        ("birth_date", "1972-02-30", "not a date that can be right"),
        ("birth_date", "yesterday", "not a date that can be right"),
        ("birth_date", "0001-01-01", "not a date that can be right"),
        ("birth_date", "9999-12-31", "has not come yet"),
        ("phone", "12", "at least seven digits"),
        ("postal_code", "981", "five digits"),
        ("household_size", "0", "greater than or equal to 1"),
        ("household_size", "many", "whole number"),
        ("language", "<script>", "valid choice"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(
    community: Community, ana: Client, field: str, typed: str, words: str
) -> None:
    given = {"given_name": "Linh", "contact_note": "after 4 pm", field: typed}
    answer = ana.post("/people/new/", given)
    assert answer.status_code == REFUSED
    assert words in text(answer)
    assert "after 4 pm" in text(answer), "what was typed is still there"
    assert names(community.ana) == []


def test_ten_megabytes_are_refused_in_plain_words(community: Community, ana: Client) -> None:
    answer = ana.post("/people/new/", {"given_name": "x" * 10_000_000})
    assert answer.status_code == BAD
    assert "It may be too long" in text(answer)
    assert names(community.ana) == []


def test_somebody_alike_is_shown_with_the_reasons(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    typed = {"given_name": "Rósa", "family_name": "Delgado", "phone": "+1 206 555 0143"}
    answer = ana.post("/people/new/", typed)
    page = text(answer)
    assert answer.status_code == REFUSED
    assert "Is this the same person?" in page
    assert "Same name, same phone" in page
    assert f'href="/people/{person}/"' in page
    assert 'value="Rósa"' in page
    assert len(names(community.ana)) == 1


def test_somebody_alike_may_be_registered_anyway(community: Community, ana: Client) -> None:
    rosa(community.ana)
    typed = {"given_name": "Rosa", "family_name": "Delgado", "confirm": "yes"}
    assert ana.post("/people/new/", typed).status_code == FOUND
    assert names(community.ana) == ["Rosa Delgado", "Rosa Delgado"]


def test_nobody_learns_that_a_stranger_is_known_elsewhere(community: Community, olga: Client) -> None:
    rosa(community.ana)
    typed = {"given_name": "Rosa", "family_name": "Delgado", "birth_date": "1972-03-14"}
    assert olga.post("/people/new/", typed).status_code == FOUND


def test_a_request_fills_the_form_and_is_taken(community: Community, ana: Client) -> None:
    request = ask(community.ito)
    page = text(ana.get(f"/people/new/?request={request}"))
    assert 'value="Rosa"' in page
    assert 'value="Delgado"' in page
    assert "Dr. Ito asked for a coordinator." in page
    answer = ana.post(
        f"/people/new/?request={request}", {"given_name": "Rosa", "family_name": "Delgado", "language": "es"}
    )
    assert answer.status_code == FOUND
    with acting(community.ana):
        taken = coordination.request(community.ana, request)
        assert taken.status == "taken"
        assert coordination.episode(community.ana, taken.person_id) is not None  # type: ignore[arg-type]


def test_a_request_for_somebody_known_is_taken_without_a_second_record(
    community: Community, ana: Client
) -> None:
    person, request = rosa(community.ana), ask(community.ito)
    address = f"/people/new/?request={request}"
    page = ana.post(address, {"given_name": "Rosa", "family_name": "Delgado"})
    assert "Same person: take the request" in text(page)
    assert ana.post(address, {"same": str(person)}).headers["Location"] == f"/people/{person}/"
    with acting(community.ana):
        assert coordination.request(community.ana, request).person_id == person
    assert names(community.ana) == ["Rosa Delgado"]


def test_a_request_that_somebody_else_took_registers_nobody(community: Community, ana: Client) -> None:
    person, request = rosa(community.ana), ask(community.ito)
    address = f"/people/new/?request={request}"
    ana.post(address, {"same": str(person)})
    answer = ana.post(address, LINH)
    assert answer.status_code == REFUSED
    assert "Ana Reyes took it" in text(answer)
    assert names(community.ana) == ["Rosa Delgado"]


def test_a_request_of_another_organization_is_not_there(community: Community, olga: Client) -> None:
    assert olga.get(f"/people/new/?request={ask(community.ito)}").status_code == NOT_FOUND
    assert olga.get("/people/new/?request=nonsense").status_code == NOT_FOUND


def test_changing_keeps_what_the_form_does_not_show(community: Community, ana: Client) -> None:
    with acting(community.ana):
        person = register(
            actor=community.ana,
            identity=Identity(given_name="Linh"),
            contacts=[
                Contact(kind="phone", value="206-555-0109"),
                Contact(kind="email", value="linh@mail.example"),
            ],
        )
    page = text(ana.get(f"/people/{person}/change/"))
    assert 'value="206-555-0109"' in page
    assert ana.post(f"/people/{person}/change/", {**LINH, "phone": "206-555-0110"}).status_code == FOUND
    page = text(ana.get(f"/people/{person}/"))
    assert "206-555-0110" in page
    assert "206-555-0109" not in page
    with acting(community.ana):
        assert find(community.ana, words="tran")[1] == 1
    change = text(ana.get(f"/people/{person}/change/"))
    assert 'value="Tran"' in change


# the record


def test_the_record_says_whose_move_it_is(community: Community, ana: Client) -> None:
    person, _referral, _consent = sent_referral(community)
    page = text(ana.get(f"/people/{person}/"))
    assert "Rosa agreed that Cedar Clinic may tell community partners about food," in page
    assert "Cedar Food Bank" in page
    assert "Their move:" in page
    assert "Cedar Food Bank answers" in page
    assert "Referral sent" in page
    assert "sent the referral" in page


def test_the_record_says_what_was_not_asked_yet(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)
    assert "Rosa has not been asked about sharing yet." in text(ana.get(f"/people/{person}/"))
    agree(community.ana, person, topics=["identity", "contact", "utility-insecurity"])
    assert "Not asked yet: food." in text(ana.get(f"/people/{person}/"))


def test_a_shared_record_is_read_only_and_names_its_source(community: Community, sam: Client) -> None:
    person, referral, _consent = sent_referral(community)
    answer = sam.get(f"/people/{person}/")
    page = text(answer)
    assert answer.status_code == OK
    assert "From Cedar Clinic" in page
    assert "This is the record of Cedar Clinic." in page
    assert f"/referrals/{referral}/" in page
    for words in (f"{person}/change/", f"{person}/agree/", "Log a contact", "What happened"):
        assert words not in page, words


def test_a_record_taken_over_shows_what_others_told(community: Community, sam: Client) -> None:
    person, referral, _consent = sent_referral(community)
    with acting(community.sam):
        own = take_into_records(actor=community.sam, referral_id=referral)
    page = text(sam.get(f"/people/{own}/"))
    assert "What others told us" in page
    assert "From Cedar Clinic" in page
    assert "Open our own record" in text(sam.get(f"/people/{person}/"))


OWN_PAGES = (
    "", "change/", "happened/", "agree/", "without-sharing/", "agreements/", "seen/", "screen/", "needs/new/",
    "contact/", "next-move/", "follow-up/end/", "list/",
)  # fmt: skip
CASELOAD = ("next-move/", "follow-up/end/")  # shut to an intake worker, whoever's person it is


@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_stranger_finds_nothing(community: Community, olga: Client, page: str) -> None:
    person, _referral, _consent = sent_referral(community)
    shut = FORBIDDEN if page in CASELOAD else NOT_FOUND
    assert olga.get(f"/people/{person}/{page}").status_code == shut
    assert olga.get(f"/people/{community.clinic}/{page}").status_code == shut


@pytest.mark.parametrize("page", [each for each in OWN_PAGES if each not in ("", "happened/")])
def test_a_partner_changes_nothing_on_a_shared_record(community: Community, sam: Client, page: str) -> None:
    person, _referral, _consent = sent_referral(community)
    assert sam.get(f"/people/{person}/{page}").status_code == (FORBIDDEN if page in CASELOAD else NOT_FOUND)
    assert sam.post(f"/people/{person}/{page}", {}).status_code in (FORBIDDEN, NOT_FOUND, 405)


def test_the_timeline_has_a_filter(community: Community, ana: Client) -> None:
    person, _referral, _consent = sent_referral(community)
    everything = text(ana.get(f"/people/{person}/happened/"))
    assert "sent the referral" in everything
    assert "agreed to share" in everything
    referrals_only = text(ana.get(f"/people/{person}/happened/?show=referrals"))
    assert "sent the referral" in referrals_only
    assert "agreed to share" not in referrals_only
    assert ana.get(f"/people/{person}/happened/?show=nonsense").status_code == OK


def test_words_typed_by_people_are_only_words(community: Community, ana: Client) -> None:
    with acting(community.ana):
        names_of = Identity(given_name="<script>alert(1)</script>", called="{{ 7|add:7 }}")
        person = register(actor=community.ana, identity=names_of)
    page = text(ana.get(f"/people/{person}/"))
    assert "<script>alert" not in page
    assert "{{ 7|add:7 }}" in page
