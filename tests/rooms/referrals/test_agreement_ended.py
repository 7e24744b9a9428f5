"""What was sent on an agreement between organizations ends when that agreement is ended early."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.community import Community, food_need, plan_inbox, rosa
from waypost.disclosure.models import Access
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.network.models import Agreement
from waypost.network.services import record_agreement
from waypost.referrals import selectors, services
from waypost.referrals.jobs import sharing_over

pytestmark = pytest.mark.django_db


def test_an_agreement_ended_early_ends_what_stood_on_it(community: Community) -> None:
    record_agreement(
        kind="data_sharing",
        party_ids=[community.clinic, community.bank],
        purposes=["care_coordination"],
        valid_from=today() - timedelta(days=9),
        valid_to=today() + timedelta(days=300),
        signed_on=today() - timedelta(days=9),
    )
    ana = community.ana
    person = rosa(ana)
    need = food_need(ana, person)
    with acting(ana):
        referral = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=referral, plan=plan_inbox())
        services.send(actor=ana, referral_id=referral)
        assert selectors.referral(ana, referral).basis == "agreement"
    sharing_over(timestamp=0)
    assert _open(referral), "while the agreement stands nothing ends"
    Agreement.objects.update(valid_to=today() - timedelta(days=1))
    sharing_over(timestamp=0)
    assert not _open(referral)
    with acting(community.sam):
        card = selectors.referral(community.sam, referral)
        assert (card.sharing_ended_at is not None, card.sharing_ran_out, card.moves) == (True, True, ())
        with pytest.raises(Refused, match="has run out"):
            services.note(actor=community.sam, referral_id=referral, words="He came.")


def _open(referral: UUID) -> bool:
    return Access.objects.filter(source_id=referral, ends_at__gt=today() + timedelta(days=1)).exists()
