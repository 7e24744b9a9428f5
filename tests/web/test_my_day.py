"""The coordinator's home: what is due, what came back, who is new."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.community import Community, food_need, rosa, sent_referral
from waypost.coordination.services import Ask, open_episode, request_coordination, set_next_move
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.referrals import services

SignIn = Callable[[Client, Actor], Client]


def page(client: Client) -> str:
    answer = client.get(reverse("my_day"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_day_says_what_would_be_here(community: Community, ana: Client) -> None:
    words = page(ana)
    assert "Nothing is due today." in words
    assert "No answers in the last three days." in words
    assert "Nobody is waiting." in words


def test_what_is_due_offers_the_one_thing_to_do(community: Community, ana: Client) -> None:
    actor = community.ana
    person = rosa(actor)
    food_need(actor, person)
    with acting(actor):
        episode = open_episode(actor=actor, person_id=person)
        set_next_move(
            actor=actor,
            episode_id=episode,
            whose_move="us",
            next_move="text",
            words="asked to be texted after the pick-up",
            check_back_on=today(),
        )
    words = page(ana)
    assert "Promised today" in words
    assert "asked to be texted after the pick-up" in words
    assert "Text Rosa" in words
    assert reverse("contact_new", args=[person]) in words


def test_what_is_due_later_is_only_counted(community: Community, ana: Client) -> None:
    actor = community.ana
    person = rosa(actor)
    with acting(actor):
        open_episode(actor=actor, person_id=person, check_back_on=today() + timedelta(days=3))
    words = page(ana)
    assert "Rosa Delgado" not in words
    assert "Nothing is due today." in words


def test_an_answer_comes_back_with_what_to_do(community: Community, ana: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="reject", reason="no_room")
    words = page(ana)
    assert "Cedar Food Bank" in words
    assert "for Rosa Delgado" in words
    assert "Choose another" in words
    answer = ana.get(f"{reverse('referral', args=[referral])}another/")
    assert "/services/?parent=" in answer.headers["Location"]


def test_a_new_request_says_who_asks_and_how(community: Community, ana: Client) -> None:
    with acting(community.ito):
        request_coordination(
            actor=community.ito,
            ask=Ask(
                person_name="Grace Kim",
                reason="medical-cost-burden",
                reason_words="cannot pay for insulin",
                channel="warm_handoff",
                referrer_role="provider",
                warm=True,
                expects_call=True,
            ),
        )
    words = page(ana)
    assert "Grace Kim" in words
    assert "Warm handoff" in words
    assert "From Dr. Ito, provider" in words
    assert "Knows and expects a call." in words
    assert "Reason: cannot pay for insulin." in words
    assert "Meet Grace" in words


def test_a_colleague_s_day_is_her_own(community: Community, ana: Client, sign_in: SignIn) -> None:
    with acting(community.lee):
        open_episode(actor=community.lee, person_id=rosa(community.lee), urgent=True)
    assert "Rosa Delgado" not in page(ana)
