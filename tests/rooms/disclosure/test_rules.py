"""May this be told to them? Cases written by hand, each with the rule it stands on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from waypost.disclosure.rules import Agreed, Ask, Basis, Party, Said, Serves, decide

CLINIC = Party(UUID(int=1), "Cedar Clinic", "covered_entity")
HOSPITAL = Party(UUID(int=2), "Cedar Hospital", "covered_entity")
BANK = Party(UUID(int=3), "Cedar Food Bank", "none")
REHAB = Party(UUID(int=4), "New Path", "part2_program")
REFUGE = Party(UUID(int=5), "Refuge", "victim_service")
OUTSIDE = Party(None, "St. Luke pantry", "none")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FOOD = frozenset({"identity", "contact", "food-insecurity"})

ASK = Ask(CLINIC, BANK, FOOD, frozenset(), "care_coordination", NOON)
YES = Said(
    id=UUID(int=10),
    agreed=True,
    discloser_ids=frozenset({CLINIC.id}),
    any_partner=True,
    recipient_ids=frozenset(),
    topics=FOOD,
    covers_sensitivities=frozenset(),
    purposes=frozenset({"care_coordination"}),
    starts_at=NOON - timedelta(days=30),
    ends_at=NOON + timedelta(days=335),
    revoked_at=None,
)
NO = replace(
    YES,
    id=UUID(int=11),
    agreed=False,
    topics=frozenset(),
    purposes=frozenset(),
    starts_at=NOON - timedelta(days=1),
)
NAMED_BANK = replace(YES, any_partner=False, recipient_ids=frozenset({BANK.id}))
SIGNED = frozenset({Serves.CONSENT, Serves.WRITTEN, Serves.PART2})
WRITTEN = replace(YES, serves=SIGNED, covers_sensitivities=frozenset({"substance_use"}))
DSA = Agreed(UUID(int=20), "data_sharing", frozenset({"care_coordination"}))
MOU = Agreed(UUID(int=21), "mou", frozenset({"care_coordination"}))

CASES: dict[str, tuple[Ask, list[Said], list[Agreed], bool, str]] = {
    "nobody asked her": (ASK, [], [], False, "not_asked"),
    "she agreed to any partner": (ASK, [YES], [], True, "agreed"),
    "she named the food bank": (ASK, [NAMED_BANK], [], True, "agreed"),
    "she named the food bank, not the hospital": (
        replace(ASK, recipient=HOSPITAL),
        [NAMED_BANK],
        [],
        False,
        "not_this_recipient",
    ),
    "any partner means one outside the network too": (
        replace(ASK, recipient=OUTSIDE),
        [YES],
        [],
        True,
        "agreed",
    ),
    "a named list does not reach outside": (
        replace(ASK, recipient=OUTSIDE),
        [NAMED_BANK],
        [],
        False,
        "not_this_recipient",
    ),
    "housing was not agreed": (
        replace(ASK, topics=FOOD | {"housing-instability"}),
        [YES],
        [],
        False,
        "topics_not_agreed",
    ),
    "another purpose was not agreed": (replace(ASK, purpose="research"), [YES], [], False, "not_asked"),
    "not yet begun": (ASK, [replace(YES, starts_at=NOON + timedelta(hours=1))], [], False, "not_asked"),
    "ended a minute ago": (ASK, [replace(YES, ends_at=NOON - timedelta(minutes=1))], [], False, "not_asked"),
    "ends at this very moment": (ASK, [replace(YES, ends_at=NOON)], [], False, "not_asked"),
    "without an end": (ASK, [replace(YES, ends_at=None)], [], True, "agreed"),
    "taken back": (ASK, [replace(YES, revoked_at=NOON - timedelta(seconds=1))], [], False, "not_asked"),
    "taken back later than this moment": (
        ASK,
        [replace(YES, revoked_at=NOON + timedelta(seconds=1))],
        [],
        True,
        "agreed",
    ),
    "she would rather not, said after agreeing": (ASK, [YES, NO], [], False, "prefers_not"),
    "she agreed after all": (
        ASK,
        [NO, replace(YES, starts_at=NOON - timedelta(hours=1))],
        [],
        True,
        "agreed",
    ),
    "she would rather not tell the hospital; the food bank may": (
        ASK,
        [YES, replace(NO, any_partner=False, recipient_ids=frozenset({HOSPITAL.id}))],
        [],
        True,
        "agreed",
    ),
    "she would rather not, whatever was signed between organizations": (
        ASK,
        [NO],
        [DSA],
        False,
        "prefers_not",
    ),
    "consent of another discloser does not count": (
        ASK,
        [replace(YES, discloser_ids=frozenset({HOSPITAL.id}))],
        [],
        False,
        "not_asked",
    ),
    "treatment among covered entities, 45 CFR 164.506(c)(2)": (
        replace(ASK, recipient=HOSPITAL, purpose="treatment"),
        [],
        [],
        True,
        "treatment",
    ),
    "no treatment basis towards a food bank": (replace(ASK, purpose="treatment"), [], [], False, "not_asked"),
    "a data sharing agreement that covers the purpose": (ASK, [], [DSA], True, "agreement"),
    "a memorandum shares no data": (ASK, [], [MOU], False, "not_asked"),
    "an agreement for another purpose": (
        ASK,
        [],
        [replace(DSA, purposes=frozenset({"billing"}))],
        False,
        "not_asked",
    ),
    "substance use by word of mouth, 42 CFR 2.31": (
        replace(ASK, sensitivities=frozenset({"substance_use"})),
        [replace(YES, covers_sensitivities=frozenset({"substance_use"}))],
        [],
        False,
        "needs_written",
    ),
    "substance use in writing": (
        replace(ASK, sensitivities=frozenset({"substance_use"})),
        [WRITTEN],
        [],
        True,
        "agreed",
    ),
    "substance use, written consent silent on it": (
        replace(ASK, sensitivities=frozenset({"substance_use"})),
        [replace(YES, serves=SIGNED)],
        [],
        False,
        "sensitive_not_agreed",
    ),
    "an agreement does not open sensitive matters": (
        replace(ASK, sensitivities=frozenset({"violence"})),
        [],
        [DSA],
        False,
        "not_asked",
    ),
    "a Part 2 program needs it in writing": (
        replace(ASK, discloser=REHAB),
        [replace(YES, discloser_ids=frozenset({REHAB.id}))],
        [],
        False,
        "needs_written",
    ),
    "a Part 2 program with a written consent": (
        replace(ASK, discloser=REHAB),
        [replace(NAMED_BANK, discloser_ids=frozenset({REHAB.id}), serves=SIGNED)],
        [],
        True,
        "agreed",
    ),
    "treatment is no basis for a Part 2 program": (
        replace(ASK, discloser=REHAB, recipient=HOSPITAL, purpose="treatment"),
        [],
        [],
        False,
        "not_asked",
    ),
    "a victim-service provider gets no record, 28 CFR 90.4": (
        replace(ASK, recipient=REFUGE),
        [WRITTEN],
        [DSA],
        False,
        "victim_service",
    ),
    "a victim-service provider tells nothing": (
        replace(ASK, discloser=REFUGE),
        [YES],
        [],
        False,
        "victim_service",
    ),
    "to oneself": (replace(ASK, recipient=CLINIC), [], [], True, "own_record"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_decision_and_its_reason(name: str) -> None:
    ask, said, agreements, permit, reason = CASES[name]
    decision = decide(ask, said, agreements)
    assert (decision.permit, [each.code for each in decision.reasons]) == (permit, [reason])


def test_a_permit_by_consent_names_the_consent_and_its_end() -> None:
    decision = decide(ASK, [YES], [])
    assert (decision.basis, decision.consent_id, decision.until) == (Basis.CONSENT, YES.id, YES.ends_at)
