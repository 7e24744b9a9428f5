"""The inbox of an organization that answers referrals."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.community import Community, plan_inbox, sent_referral
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.referrals import services

SignIn = Callable[[Client, Actor], Client]


def page(client: Client, tab: str = "new") -> str:
    answer = client.get(reverse("inbox"), {"tab": tab})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("new", "Nothing waits for an answer."),
        ("open", "Nothing is under way."),
        ("ended", "Nothing has ended yet."),
        ("nonsense", "Nothing waits for an answer."),
    ],
)
def test_empty_tabs_say_what_would_be_here(community: Community, sam: Client, tab: str, words: str) -> None:
    assert words in page(sam, tab)


def test_a_new_referral_says_who_needs_what(community: Community, sam: Client) -> None:
    sent_referral(community, plan=plan_inbox(urgency="urgent"))
    words = page(sam)
    for each in (
        "for Rosa Delgado",
        "Spanish, interpreter needed",
        "household of 4",
        "Ana Reyes at Cedar Clinic",
        "Urgent",
        "Your move:",
        "Answer",
    ):
        assert each in words


def test_it_moves_from_tab_to_tab(community: Community, sam: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="accept")
    assert "Rosa Delgado" not in page(sam, "new")
    assert "Rosa Delgado" in page(sam, "open")
    with acting(community.sam):
        services.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    assert "Rosa Delgado" not in page(sam, "open")
    assert "Rosa Delgado" in page(sam, "ended")


def test_the_sender_s_own_inbox_does_not_hold_it(
    community: Community, sign_in: SignIn, as_web: Callable[[], None]
) -> None:
    sent_referral(community)
    ana = sign_in(Client(), community.ana)
    as_web()
    assert "Rosa Delgado" not in page(ana)


def test_many_referrals_cost_no_more_queries(community: Community, sam: Client) -> None:
    sent_referral(community)
    page(sam)
    with CaptureQueriesContext(connection) as one:
        page(sam)
    for _number in range(5):
        sent_referral(community)
    with CaptureQueriesContext(connection) as six:
        page(sam)
    assert len(six) <= len(one)
