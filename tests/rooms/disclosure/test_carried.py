"""What goes with a disclosure: 42 CFR 2.32 (notice, scope of the consent), 34 CFR 99.33(d)."""

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override

from tests.community import FOOD, SIGNED_FOR_A_PROGRAM, Community, sent_referral
from tests.web.meddling import as_owner
from tests.web.reading import text
from waypost.disclosure.selectors import Carried, carried_words, disclosures
from waypost.kernel.transaction import acting
from waypost.referrals import selectors as referrals
from waypost.referrals import services

pytestmark = pytest.mark.django_db

# As published with the rule of 2024 (89 FR 12472), § 2.32(a)(2).
SHORT_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
SCOPE = {
    "disclosers": ["New Path"],
    "recipients": ["Cedar Clinic"],
    "topics": ["identity", "food-insecurity"],
    "purposes": ["care_coordination"],
    "since": "2026-05-03T12:00:00+00:00",
    "until": "2027-05-03T12:00:00+00:00",
}


def test_a_program_sends_the_notice_and_the_scope_of_the_consent() -> None:
    notice, scope = carried_words(Carried(("part2_notice", "consent_copy"), SCOPE))
    assert notice == SHORT_NOTICE
    for fact in ("New Path may tell Cedar Clinic", "3 May 2026", "3 May 2027", "arranging help", "name"):
        assert fact in scope


def test_the_notice_stands_in_english_beside_the_spanish() -> None:
    with override("es"):
        notice, _scope = carried_words(Carried(("part2_notice", "consent_copy"), SCOPE))
    assert SHORT_NOTICE in notice
    assert len(notice) > len(SHORT_NOTICE)


def test_a_school_says_that_nothing_is_passed_on() -> None:
    [words] = carried_words(Carried(("ferpa_notice",), {}))
    assert "Do not pass it on" in words


def test_nothing_goes_with_what_no_rule_speaks_of() -> None:
    assert carried_words(Carried((), SCOPE)) == []


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
