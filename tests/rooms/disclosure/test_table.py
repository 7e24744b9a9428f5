"""The decision table: status × topic × sensitivity × purpose × basis × direction × date.

Each row cites the rule by which a person decided it. Where a citation could not be compared with the
regulation's own text, ``data/law.json`` says "unchecked" beside it; the expected answers here follow the
reading that is written down there.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.rooms.disclosure.world import (
    AUTHORIZED,
    BANK,
    CARE,
    CLINIC,
    DETOX,
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
    RIDES,
    ROSA,
    SAM,
    SCHOOL,
    SIGNED,
    TPO,
    ask,
    block,
    came,
    deal,
    no,
    yes,
)
from waypost.disclosure.rules import Agreed, Ask, Said, decide, law_as_shipped

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
DRUGS = {"substance_use"}
RECORD = {"part2_record"}
SUD = {"identity", "contact", "substance-use"}
HEALTH = FOOD | {"health"}
BACK, ON = "report_back", "pass_on"
BEFORE_2024 = datetime(2024, 4, 1, 12, tzinfo=UTC)
OLD = {"starts_at": BEFORE_2024 - DAY, "ends_at": BEFORE_2024 + 365 * DAY}


def refused_for(*purposes: str) -> Said:
    """A day ago she took these purposes back."""
    return replace(no(BANK), purposes=frozenset(purposes))


Row = tuple[str, Ask, list[Said], list[Agreed], str, str, str]
YES, NO = "permit", "deny"

# what is asked, the ask, what she said, agreements, answer, reason, the rule it stands on
ROWS: list[Row] = [
    # Own records
    ("one's own record", ask(CLINIC, CLINIC), [], [], YES, "own_record", "house.own"),
    ("one's own, though she refused", ask(CLINIC, CLINIC), [no()], [], YES, "own_record", "house.own"),
    ("a program's own", ask(REHAB, REHAB, sensitivities=DRUGS), [], [], YES, "own_record", "house.own"),
    ("a refuge's own", ask(REFUGE, REFUGE), [], [], YES, "own_record", "house.own"),
    # Victim services: 34 USC 12291(b)(2), 28 CFR 90.4
    ("to a refuge, agreed", ask(CLINIC, REFUGE), [yes()], [], NO, "victim_service", "victim.no_sharing"),
    ("to a refuge, signed and named", ask(CLINIC, REFUGE), [yes(REFUGE, serves=AUTHORIZED)], [], NO, "victim_service", "victim.no_sharing"),
    ("to a refuge, by agreement", ask(CLINIC, REFUGE), [], [deal("data_sharing")], NO, "victim_service", "victim.no_sharing"),
    ("from a refuge", ask(REFUGE, CLINIC), [yes(by=REFUGE)], [], NO, "victim_service", "victim.no_sharing"),
    ("a refuge reports back", ask(REFUGE, CLINIC, direction=BACK), [yes(REFUGE)], [], NO, "victim_service", "victim.no_sharing"),
    ("to a refuge in an emergency", ask(CLINIC, REFUGE, purpose="emergency", emergency="she is hurt"), [], [], NO, "victim_service", "victim.no_sharing"),
    ("to a refuge for treatment", ask(CLINIC, REFUGE, purpose="treatment"), [], [], NO, "victim_service", "victim.no_sharing"),
    # Consent: who, to whom, what, what for, when
    ("nobody asked her", ask(), [], [], NO, "not_asked", "house.consent"),
    ("any partner", ask(), [yes()], [], YES, "agreed", "house.consent"),
    ("named", ask(), [yes(BANK)], [], YES, "agreed", "house.consent"),
    ("another one was named", ask(CLINIC, RIDES), [yes(BANK)], [], NO, "not_this_recipient", "house.consent"),
    ("any partner, outside the network", ask(CLINIC, OUTSIDE), [yes()], [], YES, "agreed", "house.consent"),
    ("a named list does not reach outside", ask(CLINIC, OUTSIDE), [yes(BANK)], [], NO, "not_this_recipient", "house.consent"),
    ("another discloser's consent", ask(), [yes(by=HOSPITAL)], [], NO, "not_asked", "house.consent"),
    ("two may tell", ask(HOSPITAL), [yes(discloser_ids={CLINIC.id, HOSPITAL.id})], [], YES, "agreed", "house.consent"),
    ("a topic more than agreed", ask(topics=FOOD | {"homelessness"}), [yes()], [], NO, "topics_not_agreed", "house.consent"),
    ("less than agreed", ask(topics={"identity"}), [yes()], [], YES, "agreed", "house.consent"),
    ("notes were not agreed", ask(topics=FOOD | {"notes"}), [yes()], [], NO, "topics_not_agreed", "house.consent"),
    ("notes were agreed", ask(topics=FOOD | {"notes"}), [yes(topics=FOOD | {"notes"})], [], YES, "agreed", "house.consent"),
    ("health was agreed", ask(topics=HEALTH), [yes(topics=HEALTH)], [], YES, "agreed", "house.consent"),
    ("two halves do not make a whole", ask(topics=FOOD | {"homelessness"}), [yes(), yes(topics=["homelessness"])], [], NO, "not_asked", "house.consent"),
    ("another purpose", ask(BANK, RIDES, purpose="research"), [yes(by=BANK)], [], NO, "not_asked", "house.consent"),
    ("begins in an hour", ask(), [yes(starts_at=NOON + 60 * MINUTE)], [], NO, "not_asked", "house.consent"),
    ("begins this moment", ask(), [yes(starts_at=NOON)], [], YES, "agreed", "house.consent"),
    ("ended a minute ago", ask(), [yes(ends_at=NOON - MINUTE)], [], NO, "not_asked", "house.consent"),
    ("ends this moment", ask(), [yes(ends_at=NOON)], [], NO, "not_asked", "house.consent"),
    ("ends in a minute", ask(), [yes(ends_at=NOON + MINUTE)], [], YES, "agreed", "house.consent"),
    ("no end", ask(), [yes(ends_at=None)], [], YES, "agreed", "house.consent"),
    ("taken back a moment ago", ask(), [yes(revoked_at=NOON)], [], NO, "not_asked", "house.consent"),
    ("taken back tomorrow", ask(), [yes(revoked_at=NOON + DAY)], [], YES, "agreed", "house.consent"),
    ("one taken back, one stands", ask(), [yes(revoked_at=NOON), yes(BANK)], [], YES, "agreed", "house.consent"),
    ("from one food bank to rides", ask(BANK, RIDES), [yes(RIDES, by=BANK)], [], YES, "agreed", "house.consent"),
    # Refusals
    ("she would rather not", ask(), [no()], [], NO, "prefers_not", "house.refusal"),
    ("agreed, then refused", ask(), [yes(), no()], [], NO, "prefers_not", "house.refusal"),
    ("refused, then agreed", ask(), [no(), yes(starts_at=NOON - 60 * MINUTE)], [], YES, "agreed", "house.consent"),
    ("refused and agreed in the same moment", ask(), [no(), yes(starts_at=NOON - DAY)], [], NO, "prefers_not", "house.refusal"),
    ("refused towards another", ask(), [yes(), no(HOSPITAL)], [], YES, "agreed", "house.consent"),
    ("refused towards this one", ask(), [yes(), no(BANK)], [], NO, "prefers_not", "house.refusal"),
    ("refused for another topic", ask(), [yes(), no(topics=["homelessness"])], [], YES, "agreed", "house.consent"),
    ("refused for this topic", ask(), [yes(), no(topics=["food-insecurity"])], [], NO, "prefers_not", "house.refusal"),
    ("refused, whatever was signed between them", ask(), [no()], [deal("data_sharing")], NO, "prefers_not", "house.refusal"),
    ("refused, though treatment permits", ask(CLINIC, HOSPITAL, purpose="treatment"), [no()], [], NO, "prefers_not", "house.refusal"),
    ("refused, though she stands there", ask(present_and_asks=True), [no()], [], NO, "prefers_not", "house.refusal"),
    ("a refusal taken back", ask(), [yes(), replace(no(), revoked_at=NOON - MINUTE)], [], YES, "agreed", "house.consent"),
    ("a refusal to another discloser", ask(), [yes(), no(by=HOSPITAL)], [], YES, "agreed", "house.consent"),
    ("Sam is blocked and would read it", ask(worker_ids={SAM}), [yes(), no(BANK, blocked_workers=frozenset({SAM}))], [], NO, "worker_blocked", "house.refusal"),
    ("Sam is blocked, Leo reads it", ask(worker_ids={LEO}), [yes(), no(BANK, blocked_workers=frozenset({SAM}))], [], YES, "agreed", "house.consent"),
    ("Sam is blocked, treatment among clinics", ask(CLINIC, HOSPITAL, purpose="treatment", worker_ids={SAM, LEO}), [no(HOSPITAL, blocked_workers=frozenset({SAM}))], [], NO, "worker_blocked", "house.refusal"),
    # Keeping somebody out: no basis goes past it but an emergency and her own request
    ("kept out, though she agreed later", ask(), [yes(BANK), block(BANK)], [], NO, "blocked", "house.block"),
    ("kept out, though any partner was agreed", ask(), [yes(), block(BANK)], [], NO, "blocked", "house.block"),
    ("another one is kept out", ask(), [yes(), block(RIDES)], [], YES, "agreed", "house.consent"),
    ("kept out, signed and authorized", ask(), [yes(BANK, serves=AUTHORIZED), block(BANK)], [], NO, "blocked", "house.block"),
    ("kept out, treatment among clinics", ask(CLINIC, HOSPITAL, purpose="treatment"), [block(HOSPITAL)], [], NO, "blocked", "house.block"),
    ("kept out, by an agreement of the two", ask(), [block(BANK)], [deal("data_sharing")], NO, "blocked", "house.block"),
    ("kept out, and reports back", ask(BANK, CLINIC, direction=BACK), [yes(BANK), block(BANK)], [], NO, "blocked", "house.block"),
    ("kept out, in an emergency", ask(purpose="emergency", emergency="he is not breathing"), [block(BANK)], [], YES, "emergency", "hipaa.emergency"),
    ("Sam is kept out, in an emergency", ask(worker_ids={SAM}, purpose="emergency", emergency="he is not breathing"), [block(blocked_workers=frozenset({SAM}))], [], NO, "worker_blocked", "house.block"),
    ("Sam is kept out, Leo helps in an emergency", ask(worker_ids={LEO}, purpose="emergency", emergency="he is not breathing"), [block(blocked_workers=frozenset({SAM}))], [], YES, "emergency", "hipaa.emergency"),
    ("kept out, but she is there and asks", ask(present_and_asks=True), [yes(BANK), block(BANK)], [], YES, "present_and_asks", "hipaa.involved"),
    ("kept out, asks, and refused since", ask(present_and_asks=True), [block(BANK), no(BANK)], [], NO, "blocked", "house.block"),
    ("Sam is kept out and would read it", ask(worker_ids={SAM}), [yes(), block(blocked_workers=frozenset({SAM}))], [], NO, "worker_blocked", "house.block"),
    ("Sam is kept out, Leo reads it", ask(worker_ids={LEO}), [yes(), block(blocked_workers=frozenset({SAM}))], [], YES, "agreed", "house.consent"),
    # A paper that nobody has looked at serves nothing
    ("a paper waits", ask(), [yes(serves=frozenset())], [], NO, "form_waiting", "house.consent"),
    ("a paper waits, a program tells", ask(REHAB, CLINIC, topics=SUD, sensitivities=DRUGS), [yes(CLINIC, by=REHAB, topics=SUD, covers_sensitivities=DRUGS, serves=frozenset())], [], NO, "form_waiting", "part2.consent"),
    # A part taken back: an answer, a purpose
    ("no more answers, asked for one", ask(BANK, CLINIC, direction=BACK), [yes(), no(BANK, only_back=True)], [], NO, "prefers_not", "house.refusal"),
    ("no more answers, but told", ask(), [yes(), no(BANK, only_back=True)], [], YES, "agreed", "house.consent"),
    ("not for studies", ask(purpose="research"), [yes(BANK, purposes={CARE, "research"}, serves=AUTHORIZED), refused_for("research")], [], NO, "prefers_not", "house.refusal"),
    ("not for studies, but for help", ask(), [yes(BANK, purposes={CARE, "research"}), refused_for("research")], [], YES, "agreed", "house.consent"),
    # An answer under the law of whoever answers
    ("a program named as the one who answers", ask(REHAB, CLINIC, direction=BACK, topics=SUD, sensitivities=DRUGS), [yes(REHAB, CLINIC, discloser_ids={CLINIC.id, REHAB.id}, topics=SUD, covers_sensitivities=DRUGS, serves=PART2)], [], YES, "agreed", "part2.consent"),
    ("the same, by word of mouth", ask(REHAB, CLINIC, direction=BACK, topics=SUD, sensitivities=DRUGS), [yes(REHAB, CLINIC, discloser_ids={CLINIC.id, REHAB.id}, topics=SUD, covers_sensitivities=DRUGS)], [], NO, "needs_written", "part2.consent"),
    ("a school answers on a signed form", ask(SCHOOL, CLINIC, direction=BACK), [yes(CLINIC, by=SCHOOL, serves=FERPA)], [], YES, "agreed", "ferpa.consent"),
    ("a school answers by word of mouth", ask(SCHOOL, CLINIC, direction=BACK), [yes(SCHOOL)], [], NO, "needs_written", "ferpa.consent"),
    # HIPAA: treatment, payment, operations, 45 CFR 164.506(c)
    ("treatment among covered entities", ask(CLINIC, HOSPITAL, purpose="treatment"), [], [], YES, "treatment", "hipaa.treatment"),
    ("treatment, health details too", ask(CLINIC, HOSPITAL, purpose="treatment", topics=HEALTH), [], [], YES, "treatment", "hipaa.treatment"),
    ("treatment, not towards a food bank", ask(purpose="treatment"), [], [], NO, "not_asked", "house.consent"),
    ("treatment, not from a food bank", ask(BANK, CLINIC, purpose="treatment"), [], [], NO, "not_asked", "house.consent"),
    ("treatment opens nothing sensitive here", ask(CLINIC, HOSPITAL, purpose="treatment", sensitivities={"hiv"}), [], [], NO, "not_asked", "house.sensitive"),
    ("payment among covered entities", ask(CLINIC, HOSPITAL, purpose="payment"), [], [], YES, "payment_operations", "hipaa.payment_operations"),
    ("operations among covered entities", ask(CLINIC, HOSPITAL, purpose="operations"), [], [], YES, "payment_operations", "hipaa.payment_operations"),
    ("operations, more than the minimum", ask(CLINIC, HOSPITAL, purpose="operations", topics=HEALTH), [], [], NO, "more_than_minimum", "hipaa.minimum_necessary"),
    ("operations, more for a reason", ask(CLINIC, HOSPITAL, purpose="operations", topics=HEALTH, wider_because="quality review of this stay"), [], [], YES, "payment_operations", "hipaa.payment_operations"),
    ("payment, not towards a food bank", ask(purpose="payment"), [], [], NO, "not_asked", "house.consent"),
    ("notes for treatment", ask(CLINIC, HOSPITAL, purpose="treatment", topics=FOOD | {"notes"}), [], [], NO, "not_asked", "house.consent"),
    ("coordination among clinics wants her word here", ask(CLINIC, HOSPITAL), [], [], NO, "not_asked", "house.consent"),
    # HIPAA authorization, 45 CFR 164.508: a consent is never taken for one
    ("research on a spoken consent", ask(purpose="research"), [yes(purposes=["research"])], [], NO, "needs_written", "hipaa.authorization"),
    ("research on a signed consent", ask(purpose="research"), [yes(purposes=["research"], serves=SIGNED)], [], NO, "form_lacks", "hipaa.authorization"),
    ("research on an authorization", ask(purpose="research"), [yes(purposes=["research"], serves=AUTHORIZED)], [], YES, "agreed", "hipaa.authorization"),
    ("an expired authorization", ask(purpose="research"), [yes(purposes=["research"], serves=AUTHORIZED, ends_at=NOON)], [], NO, "not_asked", "hipaa.authorization"),
    ("a landlord, on a Part 2 form", ask(purpose="housing_application"), [yes(purposes=["housing_application"], serves=PART2)], [], NO, "form_lacks", "hipaa.authorization"),
    ("research without anything", ask(purpose="research"), [], [], NO, "not_asked", "hipaa.authorization"),
    ("research by agreement", ask(purpose="research"), [], [deal("data_sharing", "research")], NO, "not_asked", "hipaa.authorization"),
    ("a business associate needs one too", ask(HELPER, BANK, purpose="marketing"), [yes(by=HELPER, purposes=["marketing"])], [], NO, "needs_written", "hipaa.authorization"),
    ("a food bank is not bound by HIPAA", ask(BANK, RIDES, purpose="newsletter"), [yes(by=BANK, purposes=["newsletter"])], [], YES, "agreed", "house.consent"),
    ("health for coordination on an authorization", ask(topics=HEALTH), [yes(topics=HEALTH, serves=AUTHORIZED)], [], YES, "agreed", "house.consent"),
    # Agreements between organizations
    ("data sharing that covers it", ask(), [], [deal("data_sharing")], YES, "agreement", "house.agreement"),
    ("data sharing among food banks", ask(BANK, RIDES), [], [deal("data_sharing")], YES, "agreement", "house.agreement"),
    ("data sharing for another purpose", ask(), [], [deal("data_sharing", "billing")], NO, "not_asked", "house.consent"),
    ("data sharing does not pay bills out of HIPAA", ask(purpose="payment"), [], [deal("data_sharing", "payment")], NO, "not_asked", "house.consent"),
    ("data sharing among food banks, bills", ask(BANK, RIDES, purpose="payment"), [], [deal("data_sharing", "payment")], YES, "agreement", "house.agreement"),
    ("a memorandum shares nothing", ask(), [], [deal("mou")], NO, "not_asked", "house.consent"),
    ("a business associate agreement", ask(CLINIC, HELPER, purpose="operations"), [], [deal("baa", "operations")], YES, "agreement", "hipaa.business_associate"),
    ("a business associate agreement, notes", ask(CLINIC, HELPER, topics=FOOD | {"notes"}), [], [deal("baa")], NO, "notes_stay", "house.notes"),
    ("a business associate agreement, health", ask(CLINIC, HELPER, topics=HEALTH), [], [deal("baa")], NO, "more_than_minimum", "hipaa.minimum_necessary"),
    ("health for a reason", ask(CLINIC, HELPER, topics=HEALTH, wider_because="the plan asked for the diagnosis"), [], [deal("baa")], YES, "agreement", "hipaa.business_associate"),
    ("among food banks it means nothing", ask(BANK, RIDES), [], [deal("baa")], NO, "not_asked", "house.consent"),
    ("an agreement opens nothing sensitive", ask(sensitivities={"violence"}), [], [deal("data_sharing")], NO, "not_asked", "house.sensitive"),
    ("an agreement that ended", ask(), [], [deal("data_sharing", until=NOON)], NO, "not_asked", "house.consent"),
    ("an agreement that ends tomorrow", ask(), [], [deal("data_sharing", until=NOON + DAY)], YES, "agreement", "house.agreement"),
    ("a service organization's, from a clinic", ask(), [], [deal("qsoa")], NO, "not_asked", "house.consent"),
    # The person stands there and asks, 45 CFR 164.510(b)(2)
    ("she asks us to call them", ask(present_and_asks=True), [], [], YES, "present_and_asks", "hipaa.involved"),
    ("she asks, health too", ask(present_and_asks=True, topics=HEALTH), [], [], NO, "more_than_minimum", "hipaa.minimum_necessary"),
    ("she asks, about drugs", ask(present_and_asks=True, sensitivities=DRUGS), [], [], NO, "not_asked", "house.sensitive"),
    ("she asks a program", ask(REHAB, BANK, present_and_asks=True), [], [], NO, "not_asked", "part2.consent"),
    ("she asks a school", ask(SCHOOL, BANK, present_and_asks=True), [], [], NO, "not_asked", "ferpa.consent"),
    # The person, and who stands in for her
    ("to herself", ask(CLINIC, ROSA, topics=HEALTH | {"notes"}), [], [], YES, "to_the_person", "hipaa.individual"),
    ("to herself, a program's record", ask(REHAB, ROSA, sensitivities=RECORD), [], [], YES, "to_the_person", "hipaa.individual"),
    ("to her mother, she is 15", ask(CLINIC, MOTHER, age=15), [], [], YES, "representative", "hipaa.representative"),
    ("to her mother, what she asked for alone", ask(CLINIC, MOTHER, age=15, sensitivities={"minor_consented"}), [], [], NO, "minor_consented", "hipaa.representative"),
    ("to her mother, what she asked for alone, agreed by word", ask(CLINIC, MOTHER, age=17, sensitivities={"minor_consented"}), [yes()], [], NO, "minor_consented", "hipaa.representative"),
    ("to her mother, a day before eighteen", ask(CLINIC, MOTHER, age=17), [], [], YES, "representative", "hipaa.representative"),
    ("to her mother, on her eighteenth birthday", ask(CLINIC, MOTHER, age=18), [], [], NO, "not_asked", "house.consent"),
    ("to her mother, age not known", ask(CLINIC, MOTHER), [], [], NO, "not_asked", "house.consent"),
    ("to her mother, a program's record", ask(REHAB, MOTHER, age=15), [], [], NO, "not_asked", "part2.consent"),
    ("to her mother, she would rather not", ask(CLINIC, MOTHER, age=15), [no()], [], NO, "prefers_not", "house.refusal"),
    # Especially sensitive matters
    ("violence, spoken", ask(sensitivities={"violence"}), [yes(covers_sensitivities=["violence"])], [], NO, "needs_written", "house.sensitive"),
    ("violence, signed and named", ask(sensitivities={"violence"}), [yes(covers_sensitivities=["violence"], serves=SIGNED)], [], YES, "agreed", "house.sensitive"),
    ("violence, signed but silent on it", ask(sensitivities={"violence"}), [yes(serves=SIGNED)], [], NO, "sensitive_not_agreed", "house.sensitive"),
    ("violence and justice, one named", ask(sensitivities={"violence", "justice"}), [yes(covers_sensitivities=["violence"], serves=SIGNED)], [], NO, "sensitive_not_agreed", "house.sensitive"),
    ("mental health, an unverified scan", ask(sensitivities={"mental_health"}), [yes(covers_sensitivities=["mental_health"])], [], NO, "needs_written", "house.sensitive"),
    ("covers more than is asked", ask(sensitivities={"hiv"}), [yes(covers_sensitivities=["hiv", "violence"], serves=SIGNED)], [], YES, "agreed", "house.sensitive"),
    # 42 CFR Part 2
    ("a program on a spoken word", ask(REHAB), [yes(BANK, by=REHAB)], [], NO, "needs_written", "part2.consent"),
    ("a program on a form that lacks elements", ask(REHAB), [yes(BANK, by=REHAB, serves=SIGNED)], [], NO, "form_lacks", "part2.consent"),
    ("a program on a whole form", ask(REHAB), [yes(BANK, by=REHAB, serves=PART2)], [], YES, "agreed", "part2.consent"),
    ("a program, any partner", ask(REHAB), [yes(by=REHAB, serves=PART2)], [], NO, "part2_name_recipient", "part2.consent"),
    ("a program, the form names another", ask(REHAB), [yes(RIDES, by=REHAB, serves=PART2)], [], NO, "not_this_recipient", "part2.consent"),
    ("one consent for all care, to a hospital", ask(REHAB, HOSPITAL), [yes(by=REHAB, serves=TPO)], [], YES, "agreed", "part2.tpo"),
    ("one consent for all care, to a food bank", ask(REHAB, BANK), [yes(by=REHAB, serves=TPO)], [], NO, "part2_name_recipient", "part2.consent"),
    ("one consent for all care, to an associate", ask(REHAB, HELPER), [yes(by=REHAB, serves=TPO)], [], YES, "agreed", "part2.tpo"),
    ("one consent for all care, before April 2024", ask(REHAB, HOSPITAL, at=BEFORE_2024), [yes(by=REHAB, serves=TPO, **OLD)], [], NO, "part2_name_recipient", "part2.consent"),
    ("a whole form before April 2024", ask(REHAB, HOSPITAL, at=BEFORE_2024), [yes(HOSPITAL, by=REHAB, serves=PART2, **OLD)], [], YES, "agreed", "part2.consent"),
    ("treatment is no basis for a program", ask(REHAB, HOSPITAL, purpose="treatment"), [], [], NO, "not_asked", "part2.consent"),
    ("a data sharing agreement is none", ask(REHAB), [], [deal("data_sharing")], NO, "not_asked", "part2.consent"),
    ("a qualified service organization", ask(REHAB, HELPER), [], [deal("qsoa")], YES, "agreement", "part2.qsoa"),
    ("a qualified service organization, violence", ask(REHAB, HELPER, sensitivities={"violence"}), [], [deal("qsoa")], NO, "not_asked", "part2.consent"),
    ("a clinic holds a program's record", ask(sensitivities=RECORD), [yes(BANK, covers_sensitivities=RECORD, serves=SIGNED)], [], NO, "form_lacks", "part2.consent"),
    ("a clinic holds it, a whole form", ask(sensitivities=RECORD), [yes(BANK, covers_sensitivities=RECORD, serves=PART2)], [], YES, "agreed", "part2.consent"),
    ("drug use told by herself to a clinic, signed", ask(topics=SUD, sensitivities=DRUGS), [yes(topics=SUD, covers_sensitivities=DRUGS, serves=SIGNED)], [], YES, "agreed", "house.sensitive"),
    ("a program, she took it back", ask(REHAB), [yes(BANK, by=REHAB, serves=PART2, revoked_at=NOON - MINUTE)], [], NO, "not_asked", "part2.consent"),
    # The way back is a disclosure of its own
    ("the food bank answers", ask(BANK, CLINIC, direction=BACK), [yes(BANK)], [], YES, "agreed", "house.consent"),
    ("the food bank answers, any partner", ask(BANK, CLINIC, direction=BACK), [yes()], [], YES, "agreed", "house.consent"),
    ("she wanted no answer", ask(BANK, CLINIC, direction=BACK), [yes(BANK, reply=False)], [], NO, "may_not_report", "house.consent"),
    ("rides were not told, and answer", ask(RIDES, CLINIC, direction=BACK), [yes(BANK)], [], NO, "may_not_report", "house.consent"),
    ("a program says that it can help", ask(REHAB, CLINIC, direction=BACK), [yes(REHAB, serves=PART2)], [], NO, "may_not_report", "part2.consent"),
    ("a program that is named as discloser", ask(REHAB, CLINIC, direction=BACK), [yes(CLINIC, by=REHAB, serves=PART2)], [], YES, "agreed", "part2.consent"),
    ("a program named as discloser, spoken", ask(REHAB, CLINIC, direction=BACK), [yes(CLINIC, by=REHAB)], [], NO, "needs_written", "part2.consent"),
    ("an answer after she took it back", ask(BANK, CLINIC, direction=BACK), [yes(BANK, revoked_at=NOON)], [], NO, "may_not_report", "house.consent"),
    ("an answer after a refusal", ask(BANK, CLINIC, direction=BACK), [yes(BANK), no(BANK)], [], NO, "prefers_not", "house.refusal"),
    ("an answer under an agreement", ask(BANK, CLINIC, direction=BACK), [], [deal("data_sharing")], YES, "agreement", "house.agreement"),
    ("an answer about more", ask(BANK, CLINIC, direction=BACK, topics=FOOD | {"homelessness"}), [yes(BANK)], [], NO, "may_not_report", "house.consent"),
    # Passing on what one received
    ("the food bank passes it on, unasked", ask(BANK, RIDES, direction=ON, received=came("covered_entity")), [], [], NO, "not_asked", "house.consent"),
    ("she agreed that it passes it on", ask(BANK, RIDES, direction=ON, received=came("covered_entity")), [yes(RIDES, by=BANK)], [], YES, "agreed", "house.consent"),
    ("more than came", ask(BANK, RIDES, direction=ON, topics=HEALTH, received=came("covered_entity")), [yes(RIDES, by=BANK, topics=HEALTH)], [], NO, "beyond_first", "house.consent"),
    ("after the first word ended", ask(BANK, RIDES, direction=ON, received=came("covered_entity", until=NOON)), [yes(RIDES, by=BANK)], [], NO, "beyond_first", "house.consent"),
    ("for another purpose, by agreement", ask(BANK, RIDES, direction=ON, purpose="payment", received=came("covered_entity")), [], [deal("data_sharing", "payment")], NO, "other_purpose", "house.consent"),
    ("by agreement, the same purpose", ask(BANK, RIDES, direction=ON, received=came("covered_entity")), [], [deal("data_sharing")], YES, "agreement", "house.agreement"),
    ("a program's record, a food bank", ask(BANK, RIDES, direction=ON, received=came("part2_program")), [], [deal("data_sharing")], NO, "part2_no_passing_on", "part2.redisclosure"),
    ("a program's record, clinic to hospital, all care", ask(CLINIC, HOSPITAL, direction=ON, received=came("part2_program", under_tpo=True)), [], [], YES, "part2_as_hipaa", "part2.redisclosure"),
    ("a program's record, clinic to food bank", ask(CLINIC, BANK, direction=ON, received=came("part2_program", under_tpo=True)), [], [deal("data_sharing")], NO, "part2_no_passing_on", "part2.redisclosure"),
    ("a program's record, not under all care", ask(CLINIC, HOSPITAL, direction=ON, received=came("part2_program")), [], [], NO, "part2_no_passing_on", "part2.redisclosure"),
    ("a program's record, before 2024", ask(CLINIC, HOSPITAL, direction=ON, at=BEFORE_2024, received=came("part2_program", under_tpo=True)), [], [], NO, "part2_no_passing_on", "part2.redisclosure"),
    ("a program's record, to another program", ask(DETOX, REHAB, direction=ON, received=came("part2_program")), [], [], NO, "part2_no_passing_on", "part2.redisclosure"),
    ("a program's record, with her new form", ask(DETOX, BANK, direction=ON, received=came("part2_program")), [yes(BANK, by=DETOX, serves=PART2)], [], YES, "agreed", "part2.consent"),
    ("a school's record", ask(BANK, RIDES, direction=ON, received=came("school")), [], [deal("data_sharing")], NO, "ferpa_no_passing_on", "ferpa.redisclosure"),
    ("a school's record, she agreed by word", ask(BANK, RIDES, direction=ON, received=came("school")), [yes(RIDES, by=BANK)], [], NO, "needs_written", "ferpa.consent"),
    ("a school's record, she signed", ask(BANK, RIDES, direction=ON, received=came("school")), [yes(RIDES, by=BANK, serves=FERPA)], [], YES, "agreed", "ferpa.consent"),
    ("a program's record, she agreed by word", ask(BANK, RIDES, direction=ON, received=came("part2_program")), [yes(RIDES, by=BANK)], [], NO, "needs_written", "part2.consent"),
    # Schools, 34 CFR Part 99
    ("a school, spoken", ask(SCHOOL), [yes(BANK, by=SCHOOL)], [], NO, "needs_written", "ferpa.consent"),
    ("a school, signed without its elements", ask(SCHOOL), [yes(BANK, by=SCHOOL, serves=SIGNED)], [], NO, "form_lacks", "ferpa.consent"),
    ("a school, a whole form", ask(SCHOOL), [yes(BANK, by=SCHOOL, serves=FERPA)], [], YES, "agreed", "ferpa.consent"),
    ("a school by agreement", ask(SCHOOL), [], [deal("data_sharing")], NO, "not_asked", "ferpa.consent"),
    ("to a school", ask(CLINIC, SCHOOL), [yes(SCHOOL)], [], YES, "agreed", "house.consent"),
    ("a school in an emergency", ask(SCHOOL, CLINIC, purpose="emergency", emergency="he does not wake up"), [], [], YES, "emergency", "ferpa.emergency"),
    # Emergencies
    ("an emergency", ask(CLINIC, HOSPITAL, purpose="emergency", emergency="she cannot speak"), [], [], YES, "emergency", "hipaa.emergency"),
    ("an emergency without a reason", ask(CLINIC, HOSPITAL, purpose="emergency", emergency="  "), [], [], NO, "emergency_needs_reason", "hipaa.emergency"),
    ("an emergency, though she refused", ask(CLINIC, HOSPITAL, purpose="emergency", emergency="she cannot speak"), [no()], [], YES, "emergency", "hipaa.emergency"),
    ("a program to a hospital", ask(REHAB, HOSPITAL, purpose="emergency", emergency="overdose"), [], [], YES, "emergency", "part2.emergency"),
    ("a program to a food bank", ask(REHAB, BANK, purpose="emergency", emergency="overdose"), [], [], NO, "emergency_medical_only", "part2.emergency"),
    ("a program's record in a clinic, to rides", ask(CLINIC, RIDES, sensitivities=RECORD, purpose="emergency", emergency="overdose"), [], [], NO, "emergency_medical_only", "part2.emergency"),
    ("words of an emergency alone are none", ask(emergency="she cannot speak"), [], [], NO, "not_asked", "house.consent"),
    # Courts and police
    ("a subpoena", ask(CLINIC, OUTSIDE, purpose="legal_proceeding"), [], [], NO, "privacy_officer", "hipaa.legal"),
    ("a subpoena, though she agreed", ask(CLINIC, OUTSIDE, purpose="legal_proceeding"), [yes(purposes=["legal_proceeding"], serves=AUTHORIZED)], [], NO, "privacy_officer", "hipaa.legal"),
    ("a subpoena to a program", ask(REHAB, OUTSIDE, purpose="legal_proceeding"), [yes(by=REHAB, purposes=["legal_proceeding"], serves=TPO)], [], NO, "privacy_officer", "part2.legal"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_answer_its_reason_and_its_rule(row: Row) -> None:
    _name, asked, said, agreements, answer, reason, rule = row
    decision = decide(asked, said, agreements)
    assert (YES if decision.permit else NO, [each.code for each in decision.reasons]) == (answer, [reason])
    assert rule in decision.rules


def test_there_are_enough_cases_and_no_name_twice() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 120


def test_every_rule_of_the_law_is_cited_by_a_case_or_only_sets_a_bound() -> None:
    cited = {rule for row in ROWS for rule in decide(*row[1:4]).rules}
    assert {each.code for each in law_as_shipped().rules} - cited == {"hipaa.social_care"}


def test_care_told_to_social_services_is_a_switch_that_is_off() -> None:
    """The proposed rule of January 2021 (86 FR 6446) never became final."""
    on = law_as_shipped().switched({"hipaa.social_care": True})
    assert not decide(ask(), [], []).permit
    assert [each.code for each in decide(ask(), [], [], on).reasons] == ["social_care"]
    assert not decide(ask(at=datetime(2020, 6, 1, tzinfo=UTC)), [], [], on).permit
    assert not decide(ask(), [no()], [], on).permit


@pytest.mark.parametrize(
    ("asked", "said", "carries"),
    [
        (ask(REHAB), [yes(BANK, by=REHAB, serves=PART2)], ("part2_notice", "consent_copy")),
        (ask(SCHOOL), [yes(BANK, by=SCHOOL, serves=FERPA)], ("ferpa_notice",)),
        (ask(), [yes()], ()),
        (
            ask(REHAB, HOSPITAL, purpose="emergency", emergency="overdose"),
            [],
            ("part2_notice", "consent_copy"),
        ),
    ],
)
def test_what_travels_with_it(asked: Ask, said: list[Said], carries: tuple[str, ...]) -> None:
    """42 CFR 2.32; 34 CFR 99.33(d)."""
    assert decide(asked, said, []).carries == carries


def test_a_permit_ends_with_the_first_disclosure() -> None:
    received = came("covered_entity", until=NOON + 7 * DAY)
    decision = decide(ask(BANK, RIDES, direction=ON, received=received), [yes(RIDES, by=BANK)], [])
    assert decision.until == NOON + 7 * DAY
