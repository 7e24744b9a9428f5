"""What goes with a disclosure stands on the pages of whoever receives it (42 CFR 2.32)."""

import pytest
from django.db import connection
from django.test import Client

from tests.community import FOOD, SIGNED_FOR_A_PROGRAM, Community, sent_referral
from tests.web.meddling import as_owner
from tests.web.reading import text
from waypost.disclosure.selectors import disclosures
from waypost.kernel.transaction import acting
from waypost.referrals import selectors as referrals
from waypost.referrals import services

pytestmark = pytest.mark.django_db

SHORT_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def _make_program(organization: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organization SET legal_status = 'part2_program' WHERE id = %s", [organization]
        )


def test_the_partner_reads_it_on_the_referral(community: Community, sam: Client) -> None:
    as_owner(lambda: _make_program(community.clinic))
    signed = {"recipient_class": "named", "recipient_ids": [community.bank], **SIGNED_FOR_A_PROGRAM}
    person, referral, _ = sent_referral(community, **signed)
    page = text(sam.get(f"/referrals/{referral}/"))
    assert SHORT_NOTICE in page
    assert "Cedar Clinic may tell Cedar Food Bank" in page
    with acting(community.ana):
        [told] = disclosures(community.ana, person)
    assert told.carries == ("part2_notice", "consent_copy")
    assert FOOD in told.scope["topics"]


def test_what_a_program_answers_brings_it_back(community: Community, ana: Client) -> None:
    as_owner(lambda: _make_program(community.bank))
    signed = {
        "recipient_class": "named",
        "recipient_ids": [community.bank],
        "discloser_ids": [community.bank],
        **SIGNED_FOR_A_PROGRAM,
    }
    _person, referral, _ = sent_referral(community, **signed)
    assert SHORT_NOTICE not in text(ana.get(f"/referrals/{referral}/"))
    with acting(community.sam):
        assert referrals.referral(community.sam, referral).may_reply
        services.move(actor=community.sam, referral_id=referral, name="accept")
    assert SHORT_NOTICE in text(ana.get(f"/referrals/{referral}/"))
