"""Sending and taking back in the same moment: whoever comes second sees what the first one did."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.community import Community, agree, build, food_need, plan_inbox, rosa
from waypost.consent import services as consents
from waypost.disclosure import selectors as disclosures
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.network.services import end_agreement, record_agreement
from waypost.referrals import selectors, services

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10  # seconds


def meanwhile(actor: Actor, work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    """Do it in a transaction of its own, on another connection."""
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            with acting(actor):
                work()
        except Refused as refused:
            wrong.append(refused)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, wrong


@pytest.fixture
def drafted() -> tuple[Community, UUID, UUID, UUID]:
    """A referral that is ready to be sent: community, person, referral, consent."""
    community = build()
    ana = community.ana
    person = rosa(ana)
    consent = agree(ana, person)
    need = food_need(ana, person)
    with acting(ana):
        draft = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=draft, plan=plan_inbox())
    return community, person, draft, consent


def test_what_is_sent_while_it_is_taken_back_is_not_sent(drafted: tuple[Community, UUID, UUID, UUID]) -> None:
    community, person, draft, consent = drafted
    ana = community.ana
    with acting(ana):
        consents.revoke(actor=ana, consent_id=consent)
        sending, refusals = meanwhile(ana, lambda: services.send(actor=ana, referral_id=draft))
        sending.join(1)
        assert sending.is_alive()  # it waits for what becomes of the agreement
    sending.join(PATIENCE)
    assert len(refusals) == 1
    with acting(ana):
        assert disclosures.open_access(ana, person) == []
        assert selectors.referral(ana, draft).row.status == "draft"


def test_what_is_taken_back_while_it_is_sent_ends_at_once(
    drafted: tuple[Community, UUID, UUID, UUID],
) -> None:
    community, _person, draft, consent = drafted
    ana = community.ana
    with acting(ana):
        services.send(actor=ana, referral_id=draft)
        taking, _ = meanwhile(ana, lambda: consents.revoke(actor=ana, consent_id=consent))
        taking.join(1)
        assert taking.is_alive()
    taking.join(PATIENCE)
    with acting(ana):
        assert selectors.referral(ana, draft).sharing_ended_at is not None


@pytest.fixture
def on_a_deal() -> tuple[Community, UUID, UUID, UUID]:
    """The same on an agreement of the two organizations: community, person, referral, agreement."""
    community = build()
    ana = community.ana
    person = rosa(ana)
    day = today() - timedelta(days=1)
    deal = record_agreement(
        kind="data_sharing",
        party_ids=[community.clinic, community.bank],
        purposes=["care_coordination"],
        valid_from=day,
        signed_on=day,
    )
    need = food_need(ana, person)
    with acting(ana):
        draft = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=draft, plan=plan_inbox())
    return community, person, draft, deal


def test_what_is_sent_while_an_agreement_is_ended_is_not_sent(
    on_a_deal: tuple[Community, UUID, UUID, UUID],
) -> None:
    community, person, draft, deal = on_a_deal
    ana, ivy = community.ana, community.ivy
    with acting(ivy):
        end_agreement(actor=ivy, agreement_id=deal)
        sending, refusals = meanwhile(ana, lambda: services.send(actor=ana, referral_id=draft))
        sending.join(1)
        assert sending.is_alive()
    sending.join(PATIENCE)
    assert len(refusals) == 1
    with acting(ana):
        assert disclosures.open_access(ana, person) == []
        assert selectors.referral(ana, draft).row.status == "draft"


def test_an_agreement_that_is_ended_while_something_is_sent_ends_that_too(
    on_a_deal: tuple[Community, UUID, UUID, UUID],
) -> None:
    community, person, draft, deal = on_a_deal
    ana, ivy = community.ana, community.ivy
    with acting(ana):
        services.send(actor=ana, referral_id=draft)
        ending, _ = meanwhile(ivy, lambda: end_agreement(actor=ivy, agreement_id=deal))
        ending.join(1)
        assert ending.is_alive()
    ending.join(PATIENCE)
    with acting(ana):
        assert selectors.referral(ana, draft).sharing_ended_at is not None
        assert disclosures.open_access(ana, person) == []
