"""Needs that were told, contacts and whose move it is, services given, a list to take along."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.community import FOOD, Community, food_need, rosa
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.coordination import selectors as coordination
from waypost.coordination.services import open_episode
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.screening import selectors as screening

pytestmark = pytest.mark.django_db


def test_a_need_is_noted_and_met_for_now(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    noted = {"category": FOOD, "wants_help": "yes", "words": "By the last week there is nothing left."}
    assert ana.post(f"/people/{person}/needs/new/", noted).status_code == FOUND
    assert "By the last week" in text(ana.get(f"/people/{person}/"))
    with acting(community.ana):
        [need] = screening.needs(community.ana, person)
    again = today() + timedelta(days=60)
    answer = ana.post(
        f"/needs/{need.id}/status/", {"status": "met", "words": "", "ask_again_on": again.isoformat()}
    )
    assert answer.status_code == FOUND
    page = text(ana.get(f"/people/{person}/"))
    assert "1 earlier need" in page
    assert "Met, for now" in page


def test_a_need_still_there_may_be_corrected(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    said = {"status": "open", "wants_help": "later", "words": "In spring"}
    answer = ana.post(f"/needs/{need}/status/", said)
    assert answer.status_code == FOUND
    assert "Maybe later. “In spring”" in text(ana.get(f"/people/{person}/"))


@pytest.mark.parametrize(
    "typed", [{}, {"category": "rubbish", "wants_help": "yes"}, {"category": FOOD, "wants_help": "perhaps"}]
)
def test_an_unclear_need_is_refused(community: Community, ana: Client, typed: dict[str, str]) -> None:
    person = rosa(community.ana)
    assert ana.post(f"/people/{person}/needs/new/", typed).status_code == REFUSED


def test_a_contact_is_logged_with_the_day_to_check_back(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    with acting(community.ana):
        open_episode(actor=community.ana, person_id=person)
    soon = today() + timedelta(days=3)
    answer = ana.post(
        f"/people/{person}/contact/",
        {"mode": "text", "result": "reached", "note": "Goes on Friday", "check_back_on": soon.isoformat()},
    )
    assert answer.status_code == FOUND
    with acting(community.ana):
        episode = coordination.episode(community.ana, person)
        assert episode is not None
        assert episode.check_back_on == soon
    assert "Goes on Friday" in text(ana.get(f"/people/{person}/"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose one from the list."),
        ({"mode": "pigeon", "result": "reached"}, "valid choice"),
        ({"mode": "phone", "result": "reached", "check_back_on": "2020-01-01"}, "in the past"),
        ({"mode": "phone", "result": "reached", "check_back_on": "9999-12-31"}, "too far away"),
    ],
)
def test_a_contact_that_cannot_be_is_said(
    community: Community, ana: Client, typed: dict[str, str], words: str
) -> None:
    person = rosa(community.ana)
    answer = ana.post(f"/people/{person}/contact/", {**typed, "note": "kept words"})
    assert answer.status_code == REFUSED
    assert words in text(answer)
    assert "kept words" in text(answer)


def test_a_follow_up_begins_moves_on_and_ends(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    assert "Nobody follows up now." in text(ana.get(f"/people/{person}/"))
    assert ana.get(f"/people/{person}/next-move/").status_code == NOT_FOUND
    assert ana.post(f"/people/{person}/follow-up/").status_code == FOUND
    soon = today() + timedelta(days=2)
    moved = {
        "whose_move": "person",
        "next_move": "she_goes",
        "words": "brings the bill",
        "check_back_on": soon.isoformat(),
    }
    assert ana.post(f"/people/{person}/next-move/", moved).status_code == FOUND
    page = text(ana.get(f"/people/{person}/"))
    assert "brings the bill" in page
    assert "Lead: Ana Reyes" in page
    assert ana.post(f"/people/{person}/follow-up/end/", {}).status_code == REFUSED
    assert ana.post(f"/people/{person}/follow-up/end/", {"reason": "needs_met"}).status_code == FOUND
    assert "Nobody follows up now." in text(ana.get(f"/people/{person}/"))


def test_a_service_is_logged_without_any_referral(community: Community, sam: Client) -> None:
    person = rosa(community.sam)
    given = {"what": "Groceries for a week", "on": today().isoformat(), "quantity": "2 bags"}
    assert sam.post(f"/people/{person}/service/", given).status_code == FOUND
    page = text(sam.get(f"/people/{person}/"))
    assert "Groceries for a week" in page
    assert "2 bags" in page


def test_a_service_to_come_is_not_logged(community: Community, sam: Client) -> None:
    person = rosa(community.sam)
    answer = sam.post(
        f"/people/{person}/service/", {"what": "x", "on": (today() + timedelta(days=1)).isoformat()}
    )
    assert answer.status_code == REFUSED
    assert "has not come yet" in text(answer)


def test_a_coordinator_of_the_clinic_logs_no_services(community: Community, ana: Client) -> None:
    assert ana.get(f"/people/{rosa(community.ana)}/service/").status_code == FORBIDDEN


def test_a_list_to_take_along_is_chosen_and_shown(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)
    assert "Weekly groceries" in text(ana.get(f"/people/{person}/list/"))
    chosen = {"service": [str(community.groceries), str(community.pantry)]}
    page = text(ana.get(f"/people/{person}/list/", chosen))
    assert "Weekly groceries" in page
    assert "St. Luke pantry" in page
    assert "For Rosa, from Cedar Clinic" in page


@pytest.mark.parametrize("query", ["service=nonsense", "service=", "language=xx&service=1"])
def test_a_list_of_nothing_offers_the_choice(community: Community, ana: Client, query: str) -> None:
    answer = ana.get(f"/people/{rosa(community.ana)}/list/?{query}")
    assert answer.status_code == OK
    assert "Choose what goes on paper." in text(answer)
