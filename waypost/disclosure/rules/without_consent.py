"""What the law or an agreement permits without the person's consent, and what may be passed on."""

from waypost.disclosure.rules import facts
from waypost.disclosure.rules.case import Case, deny, is_part2, permit
from waypost.disclosure.rules.facts import Agreed, Basis, Decision, Reason

# What goes beyond who, how to reach them, and the need; never without a consent or a reason for it.
BEYOND_MINIMUM = frozenset({"health", "coverage", "plan", "demographics"})
NOTES = "notes"
_OF_A_PROGRAM = frozenset({"substance_use", facts.PART2_RECORD})
COORDINATING = frozenset({facts.TREATMENT, facts.CARE_COORDINATION})


def passing_on(case: Case) -> Decision | None:
    """Without a fresh consent, only some may pass on what they received, and for the same purpose."""
    ask, came = case.ask, case.ask.received
    if came is None:
        return None
    if came.source_status == facts.SCHOOL:
        return deny(Reason("ferpa_no_passing_on", rules=("ferpa.redisclosure",)))
    if is_part2(ask):
        rules = ("part2.redisclosure", "part2.notice")
        hipaa_bound = ask.discloser.legal_status in facts.HIPAA_BOUND
        both = hipaa_bound and ask.recipient.legal_status in facts.HIPAA_BOUND
        if both and came.under_tpo and case.holds("part2.redisclosure") and ask.purpose in facts.TPO:
            return Decision(
                True,
                Basis.TREATMENT,
                (Reason("part2_as_hipaa", rules=rules),),
                until=came.until,
                carries=("part2_notice", "consent_copy"),
            )
        return deny(Reason("part2_no_passing_on", rules=rules))
    if ask.purpose not in came.purposes:
        return deny(Reason("other_purpose", rules=("house.consent",)))
    return None


def treatment(case: Case) -> Decision | None:
    """What HIPAA lets covered entities tell each other, 45 CFR 164.506(c)."""
    ask = case.ask
    sides = (ask.discloser.legal_status, ask.recipient.legal_status)
    if case.needed or NOTES in ask.topics or ask.discloser.legal_status not in facts.HIPAA_BOUND:
        return None
    covered = set(sides) == {facts.COVERED_ENTITY}
    if ask.purpose == facts.TREATMENT and covered and case.holds("hipaa.treatment"):
        return permit(case, Basis.TREATMENT, "treatment", "hipaa.treatment")
    paying = ask.purpose in (facts.PAYMENT, facts.OPERATIONS)
    if paying and covered and case.holds("hipaa.payment_operations"):
        return _at_most_the_minimum(case) or permit(
            case, Basis.TREATMENT, "payment_operations", "hipaa.payment_operations", "hipaa.minimum_necessary"
        )
    if ask.purpose == facts.CARE_COORDINATION and case.holds("hipaa.social_care"):
        return permit(case, Basis.TREATMENT, "social_care", "hipaa.social_care")
    return None


def agreement(case: Case) -> Decision | None:
    """What a signed agreement between the two covers, up to the minimum necessary."""
    ask = case.ask
    for each in case.agreements:
        if ask.purpose not in each.purposes or (each.until is not None and each.until <= ask.at):
            continue
        rule = _agreement_rule(case, each)
        if rule and case.holds(rule):
            found = permit(
                case, Basis.AGREEMENT, "agreement", rule, "hipaa.minimum_necessary", until=each.until
            )
            return _at_most_the_minimum(case) or found
    return None


def _agreement_rule(case: Case, agreed: Agreed) -> str:
    """Which rule lets this kind of agreement serve; '' when none does."""
    ask = case.ask
    status = ask.discloser.legal_status
    if agreed.kind == "qsoa":
        ours = status == facts.PART2_PROGRAM and ask.received is None and ask.sensitivities <= _OF_A_PROGRAM
        return "part2.qsoa" if ours else ""
    if case.needed:
        return ""
    if agreed.kind == "baa" and facts.HIPAA_BOUND & {status, ask.recipient.legal_status}:
        return "hipaa.business_associate"
    outside_hipaa = status in facts.HIPAA_BOUND and ask.recipient.legal_status not in facts.HIPAA_BOUND
    if agreed.kind == "data_sharing" and (not outside_hipaa or ask.purpose in COORDINATING):
        return "house.agreement"
    return ""


def own_request(case: Case) -> Decision | None:
    """The person is there and asks us to tell them, 45 CFR 164.510(b)(2)(i)."""
    ask = case.ask
    if not ask.present_and_asks or case.needed or ask.received is not None:
        return None
    if not case.holds("hipaa.involved"):
        return None
    return _at_most_the_minimum(case) or permit(case, Basis.OWN_REQUEST, "present_and_asks", "hipaa.involved")


def _at_most_the_minimum(case: Case) -> Decision | None:
    """Notes never; other things beyond who, how to reach them and the need only for a reason."""
    ask = case.ask
    if NOTES in ask.topics:
        return deny(Reason("notes_stay", topics=(NOTES,), rules=("house.notes",)))
    beyond = ask.topics & BEYOND_MINIMUM
    if beyond and not ask.wider_because.strip():
        rules = ("hipaa.minimum_necessary",)
        return deny(Reason("more_than_minimum", topics=tuple(sorted(beyond)), rules=rules))
    return None
