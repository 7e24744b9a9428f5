"""What the person says of the need moves it, however often it is said."""

import pytest

from tests.community import Community, sent_referral
from waypost.kernel.transaction import acting
from waypost.referrals import selectors, services
from waypost.screening import selectors as needs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (["need_open"], "open"),
        (["need_met"], "met"),
        (["need_met", "need_met"], "met"),
        (["need_met", "need_open"], "open"),
        (["need_open", "need_open", "need_met"], "met"),
    ],
)
def test_the_last_word_counts_and_repeating_it_is_no_error(
    community: Community, said: list[str], status: str
) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.ana):
        for fact in said:
            services.report(actor=community.ana, referral_id=referral, fact=fact, source="person")
        card = selectors.referral(community.ana, referral)
        assert needs.need(community.ana, card.need_id).status == status
        assert len([each for each in card.timeline if each.kind == "report"]) == len(said)
