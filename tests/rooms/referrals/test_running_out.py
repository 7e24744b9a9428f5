"""An agreement that runs out ends sharing by itself, for both sides and in the database too."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction

from tests.community import Community, agree, food_need, plan_inbox, rosa, sent_referral
from waypost.disclosure.selectors import open_access
from waypost.kernel.clock import day_after, now, today
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.network.services import record_agreement as record_deal
from waypost.referrals import selectors, services
from waypost.referrals.selectors.lists import Filter
from waypost.referrals.services.ending import end_what_ran_out

pytestmark = pytest.mark.django_db


def short(community: Community) -> UUID:
    """A referral on an agreement that runs out in a day."""
    _person, referral, _ = sent_referral(community, ends_at=now() + timedelta(days=1))
    return referral


def test_the_partner_may_answer_until_then(community: Community, web_role: None) -> None:
    referral = short(community)
    with time_machine.travel(now() + timedelta(hours=23)), acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="accept")
        assert selectors.referral(community.sam, referral).sharing_ended_at is None


def test_afterwards_nothing_flows_and_both_read_why(community: Community, web_role: None) -> None:
    referral = short(community)
    with time_machine.travel(now() + timedelta(hours=25)):
        for actor, words in ((community.sam, "has run out"), (community.ana, "has ended")):
            with acting(actor), pytest.raises(Refused, match=words):
                services.note(actor=actor, referral_id=referral, words="Is Friday good?")
        with acting(community.sam):
            with pytest.raises(Refused, match="run out"):
                services.move(actor=community.sam, referral_id=referral, name="accept")
            with pytest.raises(Refused, match="run out"):
                services.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
            card = selectors.referral(community.sam, referral)
            assert (card.sharing_ran_out, card.moves) == (True, ())
            assert selectors.inbox(community.sam, Filter(tab="new"))[1] == 0
            assert selectors.inbox(community.sam, Filter(tab="ended"))[1] == 1
            assert selectors.counts(community.sam)["inbox_new"] == 0
        with acting(community.ana):
            assert open_access(community.ana, card.row.person_id) == []


def test_the_worker_keeps_the_end_and_tells_once(community: Community) -> None:
    referral = short(community)
    until = now() + timedelta(days=1)
    assert end_what_ran_out() == 0
    with time_machine.travel(until + timedelta(hours=1)):
        assert (end_what_ran_out(), end_what_ran_out()) == (1, 0)
    with acting(community.sam):
        ended = selectors.referral(community.sam, referral)
    assert ended.sharing_ran_out
    assert ended.sharing_ended_at is not None
    assert abs(ended.sharing_ended_at - until) < timedelta(minutes=1)


def test_an_agreement_of_the_organizations_ends_with_its_last_day(
    community: Community, as_web: Callable[[], None]
) -> None:
    record_deal(
        kind="data_sharing",
        party_ids=[community.clinic, community.bank],
        valid_from=today() - timedelta(days=30),
        valid_to=today() + timedelta(days=3),
        signed_on=today() - timedelta(days=30),
        purposes=["care_coordination"],
    )
    as_web()
    ana, person = community.ana, rosa(community.ana)
    need = food_need(ana, person)
    with acting(ana):
        referral = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=referral, plan=plan_inbox())
        services.send(actor=ana, referral_id=referral)
        (opened,) = open_access(ana, person)
    assert opened.basis == "agreement"
    assert opened.ends_at == day_after(today() + timedelta(days=3))
    with time_machine.travel(now() + timedelta(days=5)), acting(community.sam):
        with pytest.raises(Refused, match="run out"):
            services.move(actor=community.sam, referral_id=referral, name="accept")


def test_no_end_means_no_end(community: Community, web_role: None) -> None:
    _person, referral, _ = sent_referral(community, ends_at=None)
    with time_machine.travel(now() + timedelta(days=3000)), acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="accept")


def test_the_database_itself_takes_no_word_after_the_end(community: Community, web_role: None) -> None:
    referral = short(community)
    add = """INSERT INTO referrals_report (id, referral_id, fact, source, why, words, actor_name,
             organization_id, organization_name, at)
             VALUES (gen_random_uuid(), %s, 'received', 'partner', '', '', 'x', %s, 'x', %s)"""
    late = now() + timedelta(days=2)
    refusal = pytest.raises(ProgrammingError, match="row-level security")
    with acting(community.sam), refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(add, [referral, community.bank, late])


def test_agreeing_anew_lets_a_new_referral_go(community: Community, web_role: None) -> None:
    short(community)
    with time_machine.travel(now() + timedelta(days=2)):
        person = rosa(community.ana)
        agree(community.ana, person)
        need = food_need(community.ana, person)
        with acting(community.ana):
            again = services.draft(
                actor=community.ana, person_id=person, need_id=need, service_id=community.groceries
            )
            services.plan_handoff(actor=community.ana, referral_id=again, plan=plan_inbox())
            services.send(actor=community.ana, referral_id=again)
        with acting(community.sam):
            assert selectors.referral(community.sam, again).sharing_ended_at is None
