"""The front-desk view: nobody's name, number, address or birth date on any page, but initials and a year."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.community import FOOD, Community, agree, food_need, plan_inbox
from tests.web.addresses import patterns
from tests.web.reading import FORBIDDEN, FOUND, OK, text
from waypost.coordination import services as coordination
from waypost.coordination.services import Ask
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at, today
from waypost.kernel.naming import initials
from waypost.kernel.transaction import acting
from waypost.people.services import Contact, Identity, register
from waypost.referrals import services

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
QUILL = Identity(given_name="Quillon", family_name="Zebradine", called="Quilly", birth_date=date(1971, 8, 23))
SAYS = ("quill", "zebradine", "206-555-0199", "2065550199", "23 Aug", "1971-08-23", "77 Wombat")
QUESTIONS = ("", "?tab=all&format=csv", "?move=cancel&format=pdf&tab=all")


def quill(actor: Actor) -> UUID:
    with acting(actor):
        return register(
            actor=actor,
            identity=QUILL,
            contacts=[
                Contact(kind="phone", value="206-555-0199", note="ask for Quillon"),
                Contact(kind="address", value="77 Wombat St", postal_code="98144"),
            ],
        )


@pytest.fixture
def known(community: Community) -> dict[str, UUID]:
    """Somebody with a need, a referral under way, a draft, a request, a contact with words."""
    ana = community.ana
    person = quill(ana)
    need = food_need(ana, person)
    agree(ana, person)
    with acting(ana):
        referral = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        words = "Quillon prefers mornings."
        services.plan_handoff(actor=ana, referral_id=referral, plan=plan_inbox(words_to_recipient=words))
        services.send(actor=ana, referral_id=referral)
        draft = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.pantry)
    with acting(community.ito):
        ask = Ask(person_name="Quillon Zebradine", phone="206-555-0199", reason=FOOD)
        request = coordination.request_coordination(actor=community.ito, ask=ask)
    return {
        "person_id": person,
        "need_id": need,
        "referral_id": referral,
        "draft": draft,
        "request_id": request,
    }


def told(page: str) -> list[str]:
    """What of him stands there; addresses of links and hidden fields are not read by anybody."""
    seen = re.sub(r'\s(?:href|action|src)="[^"]*"|<input[^>]*type="hidden"[^>]*>', "", page)
    return [each for each in SAYS if each.lower() in seen.lower()]


def switched(client: Client, on: str = "yes") -> Client:
    assert client.post(reverse("front_desk_switch"), {"on": on, "next": "/home/"}).status_code == FOUND
    return client


@pytest.mark.parametrize("who", ["ana", "sam", "ito"])
def test_no_page_says_who_it_is(
    community: Community, known: dict[str, UUID], sign_in: SignIn, who: str
) -> None:
    client = sign_in(Client(raise_request_exception=False), getattr(community, who))
    plainly = {} if who == "ito" else told(text(client.get(_home(who))))
    client = switched(client)
    leaks, read = {}, 0
    for ids in (known, {**known, "referral_id": known["draft"]}):
        for address in _addresses(ids):
            more = ("?q=Quillon",) if who == "ana" and address in {"/people/", "/search/"} else ()
            for question in (*QUESTIONS, *more):
                answer = client.get(address + question)
                body = answer.getvalue().decode("utf-8", "replace")
                read += answer.status_code == OK
                if found := told(body):
                    leaks[address + question] = found
                if answer.status_code != OK:
                    break
    assert leaks == {}
    assert read > 10
    assert plainly or who == "ito", "without the view the name stands there"


def _home(who: str) -> str:
    return {"ana": "/people/", "sam": "/inbox/"}[who]


def _addresses(ids: dict[str, UUID]) -> list[str]:
    found = []
    for route, _entry in patterns():
        if route.startswith(("accounts/", "static", "hsds/", "upkeep/", "listing/")):
            continue
        holes = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if all(each in ids for each in holes):
            found.append("/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(ids[m[1]]), route))
    return found


def test_initials_and_the_year_stand_in_their_place(known: dict[str, UUID], ana: Client) -> None:
    page = text(switched(ana).get("/people/"))
    assert "Q. Z." in page
    assert re.search(r'data-label="Born">1971', page)
    assert "•••" in page


def test_one_is_shown_for_a_minute(community: Community, known: dict[str, UUID], ana: Client) -> None:
    with acting(community.ana):
        other = register(actor=community.ana, identity=Identity(given_name="Ximena", family_name="Quagga"))
    switched(ana)
    where = reverse("person", args=[known["person_id"]])
    answer = ana.post(reverse("front_desk_moment"), {"person": str(known["person_id"]), "next": where})
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, where)
    assert "Quillon Zebradine" in text(ana.get(where))
    assert "Quagga" not in text(ana.get("/people/"))
    assert "Quagga" not in text(ana.get(reverse("person", args=[other])))
    with at(timezone.now() + timedelta(seconds=61)):
        assert told(text(ana.get(where))) == []
    ana.post(reverse("front_desk_moment"), {"person": "", "next": where})
    assert told(text(ana.get(where))) == []


def test_a_form_with_details_opens_after_a_moment_only(known: dict[str, UUID], ana: Client) -> None:
    """A form with initials in its fields would be saved with initials."""
    where = reverse("person_change", args=[known["person_id"]])
    page = text(switched(ana).get(where))
    assert "holds somebody's details" in page
    assert 'name="given_name"' not in page
    ana.post(reverse("front_desk_moment"), {"person": str(known["person_id"]), "next": where})
    assert 'value="Quillon"' in text(ana.get(where))


def test_what_is_sent_is_the_name_itself(community: Community, known: dict[str, UUID], ana: Client) -> None:
    """The view hides pages, never what goes to a partner."""
    draft = known["draft"]
    switched(ana)
    fields = {
        "handoff": "phone",
        "next_move": "we_call",
        "check_back_on": (today() + timedelta(days=7)).isoformat(),
    }
    ana.post(reverse("handoff", args=[draft]), {**fields, "urgency": "routine"})
    ana.post(reverse("referral_send", args=[draft]))
    page = text(switched(ana, "no").get(reverse("referral", args=[draft])))
    assert "Quillon Zebradine" in page


def test_what_is_said_once_says_initials(community: Community, ana: Client) -> None:
    switched(ana)
    ana.post(reverse("person_new"), {"given_name": "Quillon", "family_name": "Zebradine", "confirm": "yes"})
    page = text(ana.get("/referrals/"))
    assert "You registered Q. Z." in page


def test_the_choice_is_for_this_session_and_organization(
    community: Community, known: dict[str, UUID], sign_in: SignIn
) -> None:
    first, second = sign_in(Client(), community.ana), sign_in(Client(), community.ana)
    switched(first)
    assert (told(text(first.get("/people/"))), bool(told(text(second.get("/people/"))))) == ([], True)
    assert told(text(switched(first, "no").get("/people/"))) != []


def test_referrers_begin_as_their_organization_says(
    community: Community, known: dict[str, UUID], sign_in: SignIn
) -> None:
    lee = sign_in(Client(), community.lee)
    before, other = sign_in(Client(), community.ito), sign_in(Client(), community.ana)
    assert told(text(before.get("/my-requests/"))) != []
    assert lee.post(reverse("front_desk"), {"referrers": "on"}).status_code == FOUND
    assert told(text(sign_in(Client(), community.ito).get("/my-requests/"))) == []
    assert told(text(other.get("/people/"))) != []
    assert other.post(reverse("front_desk"), {"referrers": ""}).status_code == OK, "not hers to say"
    assert told(text(sign_in(Client(), community.ito).get("/my-requests/"))) == []


@pytest.mark.parametrize("page", ["front_desk", "front_desk_switch", "front_desk_moment"])
def test_strangers_are_sent_to_sign_in(page: str) -> None:
    answer = Client().post(reverse(page))
    assert answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_its_buttons_lead_nowhere_else(ana: Client, away: str) -> None:
    answer = ana.post(reverse("front_desk_switch"), {"on": "yes", "next": away})
    assert answer.headers["Location"] == "/home/"
    assert FORBIDDEN not in {answer.status_code}


def test_the_key_is_told_in_the_help(ana: Client) -> None:
    page = text(ana.get("/people/"))
    assert "<kbd>i</kbd>" in page
    assert 'id="front-desk"' in page


def test_initials_of_any_name() -> None:
    names = ("Rosa Delgado", "maría josé", "Ó", "")
    assert [initials(each) for each in names] == ["R. D.", "M. J.", "Ó.", ""]
