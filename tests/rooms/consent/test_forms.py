"""What a form must say: 45 CFR 164.508(c), 42 CFR § 2.31(a), 34 CFR 99.30."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from waypost.consent.rules import Form, Serves, lacking, serves

SIGNED_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVERY_STATEMENT = frozenset(
    {
        "right_to_revoke",
        "how_to_revoke",
        "no_condition",
        "may_be_passed_on",
        "part2_tpo_redisclosure",
        "refusal_consequences",
    }
)
WHOLE = Form(
    names_person=True,
    disclosers=1,
    topics=frozenset({"food-insecurity"}),
    recipients_named=1,
    recipient_class="",
    purposes=frozenset({"treatment"}),
    ends_at=datetime(2027, 11, 22, tzinfo=UTC),
    end_event="",
    captured="written",
    signed_by="Rosa Delgado",
    signed_at=SIGNED_AT,
    statements=EVERY_STATEMENT,
)


def without(**fields: Any) -> Form:
    return replace(WHOLE, **fields)


def test_one_form_may_be_everything() -> None:
    assert serves(WHOLE) == {str(each) for each in Serves}


# form, for what, what is missing
LACKING: dict[str, tuple[Form, str, tuple[str, ...]]] = {
    "164.508(c)(1)(i) description": (without(topics=frozenset()), "authorization", ("description",)),
    "164.508(c)(1)(ii) who discloses": (without(disclosers=0), "authorization", ("discloser",)),
    "164.508(c)(1)(iii) who receives": (without(recipients_named=0), "authorization", ("recipient",)),
    "164.508(c)(1)(iv) purpose": (without(purposes=frozenset()), "authorization", ("purpose",)),
    "164.508(c)(1)(v) expiry": (without(ends_at=None), "authorization", ("expiry",)),
    "164.508(c)(1)(v) none is no expiry": (without(ends_at=None, end_event="none"), "authorization", ("expiry",)),
    "164.508(c)(1)(v) an event will do": (without(ends_at=None, end_event="end_of_help"), "authorization", ()),
    "164.508(c)(1)(v) none for research": (
        without(ends_at=None, end_event="none", purposes=frozenset({"research"})),
        "authorization",
        (),
    ),
    "164.508(c)(1)(vi) signature": (without(signed_by=""), "authorization", ("signature",)),
    "164.508(c)(1)(vi) date": (without(signed_at=None), "authorization", ("signed_at",)),
    "164.508(c)(1)(vi) authority": (without(representative="Her mother"), "authorization", ("authority",)),
    "164.508(c)(1)(vi) authority given": (
        without(representative="Her mother", representative_authority="parent"),
        "authorization",
        (),
    ),
    "164.508(c)(2)(i) revoke": (
        without(statements=EVERY_STATEMENT - {"right_to_revoke"}),
        "authorization",
        ("right_to_revoke",),
    ),
    "164.508(c)(2)(ii) conditions": (
        without(statements=EVERY_STATEMENT - {"no_condition"}),
        "authorization",
        ("no_condition",),
    ),
    "164.508(c)(2)(iii) passing on": (
        without(statements=EVERY_STATEMENT - {"may_be_passed_on"}),
        "authorization",
        ("may_be_passed_on",),
    ),
    "spoken is no authorization": (without(captured="spoken"), "authorization", ("signature",)),
    "2.31(a)(1) name": (without(names_person=False), "part2", ("person",)),
    "2.31(a)(2) discloser": (without(disclosers=0), "part2", ("discloser",)),
    "2.31(a)(3) description": (without(topics=frozenset()), "part2", ("description",)),
    "2.31(a)(4) recipient": (without(recipients_named=0), "part2", ("recipient",)),
    "2.31(a)(4) a class, for care": (without(recipients_named=0, recipient_class="treating"), "part2", ()),
    "2.31(a)(4) a class, for something else": (
        without(recipients_named=0, recipient_class="partners", purposes=frozenset({"research"})),
        "part2",
        ("recipient",),
    ),
    "2.31(a)(5) purpose": (without(purposes=frozenset()), "part2", ("purpose",)),
    "2.31(a)(6) revoke": (
        without(statements=EVERY_STATEMENT - {"how_to_revoke"}),
        "part2",
        ("how_to_revoke",),
    ),
    "2.31(a)(7) expiry": (without(ends_at=None), "part2", ("expiry",)),
    "2.31(a)(7) none, for care": (without(ends_at=None, end_event="none"), "part2", ()),
    "2.31(a)(8) signature": (without(captured="spoken"), "part2", ("signature",)),
    "2.31(a)(8) typed": (without(captured="typed"), "part2", ()),
    "2.31(a)(8) drawn": (without(captured="drawn"), "part2", ()),
    "2.31(a)(9) date": (without(signed_at=None), "part2", ("signed_at",)),
    "2.31(a)(10) redisclosure": (
        without(statements=EVERY_STATEMENT - {"part2_tpo_redisclosure"}),
        "part2_tpo",
        ("part2_tpo_redisclosure",),
    ),
    "2.31(a)(10) consequences": (
        without(statements=EVERY_STATEMENT - {"refusal_consequences"}),
        "part2_tpo",
        ("refusal_consequences",),
    ),
    "a consent for all care permits no other purpose": (
        without(purposes=frozenset({"treatment", "research"})),
        "part2_tpo",
        ("other_purpose",),
    ),
    "a scan that nobody looked at": (without(captured="scan", verified=False), "written", ("verification",)),
    "a scan that was looked at": (without(captured="scan"), "written", ()),
    "99.30(d) a typed name of nobody known": (without(captured="typed", identity_checked=False), "ferpa", ("identity",)),
    "99.30(d) on paper": (without(identity_checked=False), "ferpa", ()),
    "99.30(a) spoken": (without(captured="spoken"), "ferpa", ("signature",)),
    "a spoken consent": (without(captured="spoken", signed_by="", signed_at=None, statements=frozenset()), "consent", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", LACKING)
def test_what_a_form_lacks(name: str) -> None:
    form, use, missing = LACKING[name]
    assert lacking(form, use) == missing


def test_spoken_serves_as_a_consent_and_nothing_else() -> None:
    assert serves(without(captured="spoken")) == {"consent"}
