"""Pages of holds and of records whose time is over."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.community import Community, rosa
from tests.guards import officer
from tests.rooms.guarding.test_retention import closed, only_due
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.guarding.models import Hold
from waypost.kernel.actors import Actor

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


def test_one_asks_another_confirms_and_the_page_says_what_goes_and_what_stays(
    community: Community, sign_in: SignIn
) -> None:
    person, _ = closed(community)
    pia = officer(community.clinic)
    olga = officer(community.stranger, "Olaf Kern")
    page = f"/privacy/retention/{only_due().id}/"
    lee = sign_in(Client(), community.lee)
    assert "Rosa Delgado" in text(lee.get("/privacy/retention/"))
    shown = text(lee.get(page))
    assert "Signed forms" in shown or "What the person said about sharing" in shown
    assert "1 referral stays with the other side" in shown and "What stays, and why" in shown
    assert lee.post(page, {"do": "confirm"}).status_code == REFUSED, "nobody asked yet"
    assert lee.post(page, {"do": "ask", "words": " "}).status_code == REFUSED
    assert lee.post(page, {"do": "ask", "words": "Twelve years"}).status_code == FOUND
    assert "Destroy it for good" not in text(lee.get(page))
    assert lee.post(page, {"do": "confirm"}).status_code == REFUSED, "one person cannot do both"
    assert sign_in(Client(), olga).get(page).status_code == NOT_FOUND
    second = sign_in(Client(), pia)
    assert "Destroy it for good" in text(second.get(page))
    assert second.post(page, {"do": "confirm"}).status_code == FOUND
    gone = text(second.get(page))
    assert "The record is destroyed." in gone and "Lee Park" in gone and "Pia Berg" in gone
    assert "Rosa" not in gone and second.get(f"/people/{person}/").status_code == NOT_FOUND
    assert "Lee Park" in text(second.get("/privacy/retention/?show=done"))


def test_a_hold_is_placed_from_the_persons_page_for_a_demand_and_lifted_with_words(
    community: Community, sign_in: SignIn
) -> None:
    person = rosa(community.ana)
    other = officer(community.bank)
    lee = sign_in(Client(), community.lee)
    typed = {"kind": "subpoena", "asked_by": "King County Court", "asked_for": "Everything"}
    demand = lee.post("/privacy/demands/new/", typed).headers["Location"]
    page = f"/privacy/people/{person}/hold/"
    assert page in lee.get(f"/people/{person}/seen/").content.decode()
    assert lee.post(page, {"reason": ""}).status_code == REFUSED
    number = demand.rstrip("/").rsplit("/", 1)[-1]
    assert lee.post(page, {"reason": "A subpoena came", "demand": number}).status_code == FOUND
    for where in (page, demand, "/privacy/retention/?show=holds"):
        assert "Lee Park" in text(lee.get(where))
    hold = Hold.objects.get()
    ana = sign_in(Client(), community.ana)
    assert ana.get(page).status_code == FORBIDDEN
    assert ana.post(f"/privacy/holds/{hold.id}/lift/", {"words": "x"}).status_code == FORBIDDEN
    theirs = sign_in(Client(), other)
    assert theirs.post(f"/privacy/holds/{hold.id}/lift/", {"words": "x"}).status_code == NOT_FOUND
    assert theirs.get(page).status_code == NOT_FOUND
    lee.post(f"/privacy/holds/{hold.id}/lift/", {"words": ""})
    hold.refresh_from_db()
    lee.post(f"/privacy/holds/{hold.id}/lift/", {"words": "The case is over"})
    assert lee.get("/privacy/retention/?show=holds").status_code == OK
    assert "No record is held." in text(lee.get("/privacy/retention/?show=holds"))
