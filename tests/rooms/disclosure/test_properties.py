"""What holds of every decision, whatever the facts."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.disclosure.world import (
    AUTHORIZED,
    BANK,
    CLINIC,
    FERPA,
    FOOD,
    HELPER,
    HOSPITAL,
    LEO,
    MOTHER,
    NOON,
    OUTSIDE,
    PART2,
    REFUGE,
    REHAB,
    ROSA,
    SAM,
    SCHOOL,
    SIGNED,
    SPOKEN,
    TPO,
    block,
    deal,
    no,
)
from waypost.disclosure.rules import Agreed, Ask, Basis, Received, Said, decide

DISCLOSERS = [CLINIC, HOSPITAL, BANK, REHAB, SCHOOL, HELPER, REFUGE]
TOPICS = sorted(FOOD | {"homelessness", "health", "notes"})
SENSITIVE = ["substance_use", "part2_record", "violence", "minor_consented"]
PURPOSES = [
    "care_coordination",
    "treatment",
    "payment",
    "operations",
    "research",
    "emergency",
    "legal_proceeding",
]

moments = st.integers(min_value=-900, max_value=400).map(lambda days: NOON + timedelta(days=days))
topics = st.frozensets(st.sampled_from(TOPICS), min_size=1)
sensitivities = st.frozensets(st.sampled_from(SENSITIVE), max_size=2)
ids = st.frozensets(st.sampled_from([each.id for each in DISCLOSERS if each.id]), min_size=1)
sayings = st.builds(
    Said,
    id=st.uuids(),
    agreed=st.booleans(),
    discloser_ids=ids,
    any_partner=st.booleans(),
    recipient_ids=ids,
    topics=topics,
    covers_sensitivities=sensitivities,
    purposes=st.frozensets(st.sampled_from(PURPOSES), min_size=1),
    serves=st.sampled_from([frozenset(), SPOKEN, SIGNED, PART2, TPO, AUTHORIZED, FERPA]),
    starts_at=moments,
    ends_at=st.none() | moments,
    revoked_at=st.none() | moments,
    reply=st.booleans(),
    blocked_workers=st.frozensets(st.sampled_from([SAM, LEO]), max_size=1),
    block=st.booleans(),
    only_back=st.booleans(),
)
received = st.builds(
    Received,
    source_status=st.sampled_from(["covered_entity", "none", "part2_program", "school"]),
    topics=topics,
    sensitivities=sensitivities,
    purposes=st.frozensets(st.sampled_from(PURPOSES), min_size=1),
    until=st.none() | moments,
    under_tpo=st.booleans(),
)
asks = st.builds(
    Ask,
    discloser=st.sampled_from(DISCLOSERS),
    recipient=st.sampled_from([*DISCLOSERS, OUTSIDE, ROSA, MOTHER]),
    topics=topics,
    sensitivities=sensitivities,
    purpose=st.sampled_from(PURPOSES),
    at=moments,
    direction=st.sampled_from(["send", "report_back", "pass_on"]),
    worker_ids=st.frozensets(st.sampled_from([SAM, LEO]), max_size=1),
    emergency=st.sampled_from(["", "she cannot speak"]),
    present_and_asks=st.booleans(),
    wider_because=st.sampled_from(["", "the plan asked"]),
    received=st.none() | received,
    age=st.none() | st.integers(0, 90),
)
deals = st.lists(
    st.builds(deal, st.sampled_from(["data_sharing", "baa", "qsoa", "mou"]), st.sampled_from(PURPOSES)),
    max_size=2,
)
words = st.lists(sayings, max_size=4)


@given(asks, words, deals)
def test_a_denial_always_says_why_and_a_permit_always_names_its_basis(
    ask: Ask, said: list[Said], agreements: list[Agreed]
) -> None:
    decision = decide(ask, said, agreements)
    assert decision.reasons
    assert all(each.rules for each in decision.reasons)
    assert (decision.basis == Basis.NONE) is not decision.permit


@given(asks, words, deals)
def test_a_refusal_never_permits_more(ask: Ask, said: list[Said], agreements: list[Agreed]) -> None:
    refusal = no(by=replace(CLINIC, id=ask.discloser.id), starts_at=ask.at)
    if not decide(ask, said, agreements).permit:
        assert not decide(ask, [*said, refusal], agreements).permit


@given(asks, words, deals)
def test_keeping_somebody_out_never_permits_more_and_outlives_every_agreement(
    ask: Ask, said: list[Said], agreements: list[Agreed]
) -> None:
    kept_out = block(by=replace(CLINIC, id=ask.discloser.id), starts_at=ask.at)
    after = decide(ask, [kept_out, *said], agreements)
    if not decide(ask, said, agreements).permit:
        assert not after.permit
    assert after.basis not in (Basis.CONSENT, Basis.AGREEMENT, Basis.TREATMENT)


@given(asks, words, deals, st.sampled_from(SENSITIVE))
def test_another_sensitive_matter_never_permits_more(
    ask: Ask, said: list[Said], agreements: list[Agreed], more: str
) -> None:
    if not decide(ask, said, agreements).permit:
        narrower = replace(ask, sensitivities=ask.sensitivities | {more})
        assert not decide(narrower, said, agreements).permit


@given(asks, words, deals, st.sampled_from(TOPICS))
def test_another_topic_never_permits_more(
    ask: Ask, said: list[Said], agreements: list[Agreed], more: str
) -> None:
    refusals_left = [each for each in said if each.agreed]
    if not decide(ask, refusals_left, agreements).permit:
        assert not decide(replace(ask, topics=ask.topics | {more}), refusals_left, agreements).permit


@given(asks, words, deals)
def test_nothing_widens_once_everything_is_taken_back(
    ask: Ask, said: list[Said], agreements: list[Agreed]
) -> None:
    agreed = [each for each in said if each.agreed]
    ended = [replace(each, revoked_at=ask.at) for each in agreed]
    after = decide(ask, ended, agreements)
    assert after.basis != Basis.CONSENT
    if after.permit:
        assert decide(ask, agreed, agreements).permit


@given(asks, words, deals)
def test_what_is_passed_on_never_exceeds_what_came(
    ask: Ask, said: list[Said], agreements: list[Agreed]
) -> None:
    decision = decide(ask, said, agreements)
    if ask.received is None or not decision.permit or decision.basis == Basis.OWN:
        return
    assert ask.topics <= ask.received.topics
    assert ask.sensitivities <= ask.received.sensitivities
    if ask.received.until is not None:
        assert ask.received.until > ask.at
        if decision.basis in (Basis.CONSENT, Basis.AGREEMENT, Basis.TREATMENT):
            assert decision.until is not None
            assert decision.until <= ask.received.until


@given(asks, words, deals)
def test_own_records_stay_readable(ask: Ask, said: list[Said], agreements: list[Agreed]) -> None:
    own = replace(ask, recipient=ask.discloser)
    assert decide(own, said, agreements).basis == Basis.OWN


@given(asks, words, deals)
def test_no_refuge_ever_tells_or_is_told(ask: Ask, said: list[Said], agreements: list[Agreed]) -> None:
    told = replace(ask, recipient=REFUGE, discloser=CLINIC)
    tells = replace(ask, discloser=replace(REFUGE, id=UUID(int=99)))
    assert not decide(told, said, agreements).permit
    assert not decide(tells, said, agreements).permit or tells.recipient.id == tells.discloser.id


@given(asks, words, deals)
def test_a_program_never_tells_without_a_form_an_emergency_or_its_service_organization(
    ask: Ask, said: list[Said], agreements: list[Agreed]
) -> None:
    decision = decide(replace(ask, discloser=REHAB), said, agreements)
    if not decision.permit:
        return
    allowed = {"part2.consent", "part2.tpo", "part2.qsoa", "part2.emergency", "hipaa.individual", "house.own"}
    assert set(decision.rules) & allowed
    if decision.basis == Basis.CONSENT:
        assert decision.carries == ("part2_notice", "consent_copy")
