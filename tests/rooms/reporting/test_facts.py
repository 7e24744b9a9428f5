"""Facts follow the referrals, and are seen by whom they concern."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.community import Community, sent_referral
from waypost.consent import services as consent
from waypost.kernel.clock import now
from waypost.kernel.events import as_announcement
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.referrals import services as referrals
from waypost.reporting import jobs, selectors
from waypost.reporting.models import ReferralFact
from waypost.reporting.services import rebuild_facts

pytestmark = pytest.mark.django_db


def deliver_all() -> None:
    """What the worker does with all that was announced."""
    for event in Event.objects.filter(name__in=jobs.CHANGES).order_by("id"):
        jobs.count_again(as_announcement(event))


def test_a_fact_follows_its_referral(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    deliver_all()
    fact = ReferralFact.objects.get()
    assert (fact.sender_id, fact.recipient_id, fact.outcome) == (community.clinic, community.bank, "")
    with acting(community.sam):
        referrals.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    deliver_all()
    fact = ReferralFact.objects.get()
    assert fact.answered_at is not None and fact.outcome == "received"


def test_what_was_undone_or_a_mistake_is_no_fact(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    deliver_all()
    with acting(community.ana):
        referrals.move(actor=community.ana, referral_id=referral, name="mistake")
    deliver_all()
    assert not ReferralFact.objects.exists()


def test_a_recalled_referral_still_counts_for_its_sender_only(community: Community) -> None:
    _person, _referral, agreement = sent_referral(community)
    with acting(community.ana):
        consent.revoke(actor=community.ana, consent_id=agreement, these_referrals_too=True)
    deliver_all()
    assert ReferralFact.objects.get().recipient_id is None


def test_all_can_be_counted_anew(community: Community) -> None:
    sent_referral(community)
    ReferralFact.objects.create(
        referral_id=community.clinic,
        sender_id=community.clinic,
        need_id=community.clinic,
        service_id=community.groceries,
        category="x",
        sent_at=now(),
    )
    assert rebuild_facts() == 1
    assert ReferralFact.objects.get().recipient_id == community.bank
    call_command("rebuild_facts")
    assert ReferralFact.objects.count() == 1


def test_victim_services_are_left_out(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE directory_organization SET is_victim_service = true WHERE claimed_by_id = %s",
            [community.bank],
        )
    assert rebuild_facts() == 0
    deliver_all()
    assert not ReferralFact.objects.exists()


def test_facts_are_seen_by_sender_recipient_and_integrator(community: Community, as_web: object) -> None:
    sent_referral(community)
    deliver_all()
    as_web()  # type: ignore[operator]
    seen = {}
    for actor in (community.ana, community.sam, community.ivy, community.olga, None):
        with acting(actor):
            seen[actor.name if actor else ""] = ReferralFact.objects.count()
    assert seen == {"Ana Reyes": 1, "Sam Ortiz": 1, "Ivy Chen": 1, "Olga Petrova": 0, "": 0}


def test_the_web_role_writes_no_facts(community: Community, as_web: object) -> None:
    sent_referral(community)
    deliver_all()
    as_web()  # type: ignore[operator]
    with acting(community.ana), pytest.raises(DatabaseError), transaction.atomic():
        ReferralFact.objects.update(outcome="received")


def test_a_period_knows_the_needs_that_were_begun_before_it(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    with acting(community.ana):
        today = selectors.facts(
            community.ana, since=now() - timedelta(days=1), until=now() + timedelta(days=1), side="sent"
        )
        later = selectors.facts(
            community.ana, since=now() + timedelta(days=1), until=now() + timedelta(days=2), side="sent"
        )
        received = selectors.facts(
            community.ana, since=now() - timedelta(days=1), until=now() + timedelta(days=1), side="received"
        )
    assert len(today.rows) == 1 and not today.begun_before
    assert not later.rows
    assert not received.rows


def test_the_worker_may_count_and_count_anew(community: Community) -> None:
    sent_referral(community)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE waypost_system")
    deliver_all()
    assert rebuild_facts() == 1
