"""What goes with a disclosure: 42 CFR 2.32 (notice, scope of the consent), 34 CFR 99.33(d)."""

import pytest
from django.utils.translation import override

from waypost.disclosure.selectors import Carried, carried_words

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
