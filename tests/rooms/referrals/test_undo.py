"""Undo puts back what was, however moves and undos follow one another; a partial no ends what it concerns."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from tests.community import FOOD, Community, agree, plan_inbox, sent_referral
from waypost.consent import services as consents
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.transaction import acting
from waypost.people import selectors as people
from waypost.referrals import selectors, services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _web(community: Community, as_web: Callable[[], None]) -> None:
    as_web()


def do(actor: Actor, referral: UUID, *names: str) -> None:
    for name in names:
        with acting(actor):
            if name == "undo":
                services.undo(actor=actor, referral_id=referral)
            else:
                reason = "no_room" if name in {"pause", "reject", "fail", "cancel"} else ""
                services.move(actor=actor, referral_id=referral, name=name, reason=reason)


# status, its reason: by hand along the table of moves
CHAINS = {
    ("accept", "pause", "resume", "undo"): ("on-hold", "no_room"),
    ("accept", "pause", "resume", "undo", "resume", "undo"): ("on-hold", "no_room"),
    ("accept", "undo", "accept", "undo"): ("requested", ""),
    ("accept", "start", "pause", "undo", "pause", "resume"): ("in-progress", ""),
    ("reject", "undo", "accept", "start"): ("in-progress", ""),
}


@pytest.mark.parametrize("chain", CHAINS)
def test_moves_and_undos_in_any_order(community: Community, chain: tuple[str, ...]) -> None:
    _, referral, _ = sent_referral(community)
    do(community.sam, referral, *chain)
    with acting(community.ana):
        row = selectors.referral(community.ana, referral).row
    assert (row.status, row.reason) == CHAINS[chain]


def test_what_a_report_moved_is_not_undone(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    do(community.sam, referral, "accept")
    with acting(community.sam):
        services.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
        with pytest.raises(Refused):
            services.undo(actor=community.sam, referral_id=referral)


def test_a_referral_told_by_phone_and_undone_may_go_to_the_inbox_after_all(community: Community) -> None:
    ana = community.ana
    _, referral, _ = sent_referral(community, plan=plan_inbox(handoff="phone"))
    do(ana, referral, "undo")
    with acting(ana):
        services.plan_handoff(actor=ana, referral_id=referral, plan=plan_inbox())
        services.send(actor=ana, referral_id=referral)
        assert selectors.referral(ana, referral).recipient_id == community.bank


def test_a_draft_that_was_sent_before_is_put_aside_and_not_erased(community: Community) -> None:
    ana = community.ana
    _, referral, _ = sent_referral(community)
    do(ana, referral, "undo")
    with acting(ana):
        services.discard_draft(actor=ana, referral_id=referral)
        assert selectors.referral(ana, referral).row.status == "entered-in-error"


def test_a_mistake_leaves_the_recipient_a_tombstone(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    do(community.ana, referral, "mistake")
    with acting(community.sam):
        assert len(selectors.tombstones(community.sam)) == 1
        with pytest.raises(NotVisible):
            selectors.referral(community.sam, referral)


def test_a_no_to_one_topic_ends_what_it_concerns_and_leaves_the_agreement(community: Community) -> None:
    ana = community.ana
    person, referral, first = sent_referral(community)
    with acting(ana):
        consents.revoke(actor=ana, consent_id=first)
    wide = ["identity", "contact", FOOD, "housing-instability"]
    agree(ana, person, topics=wide, ends_at=clock.now() + timedelta(days=30))
    with acting(ana):
        need = selectors.referral(ana, referral).need_id
        again = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=again, plan=plan_inbox())
        services.send(actor=ana, referral_id=again)
    with acting(community.sam):
        assert people.exists(person)
    with acting(ana):
        consents.record_preference_not_to_share(actor=ana, person_id=person, topics=[FOOD])
    with acting(community.sam):
        assert not people.exists(person)
        with pytest.raises(Refused, match="stays with you"):
            services.note(actor=community.sam, referral_id=again, words="Hello")


def test_a_no_to_another_organization_ends_nothing_here(community: Community) -> None:
    ana = community.ana
    person, referral, _ = sent_referral(community)
    with acting(ana):
        consents.record_preference_not_to_share(
            actor=ana, person_id=person, topics=[FOOD], recipient_ids=[community.stranger]
        )
        assert selectors.referral(ana, referral).sharing_ended_at is None
