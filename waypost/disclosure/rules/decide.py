"""May this be told to them? A pure function over plain facts; every answer comes with its reasons.

The steps are asked one after the other; the first that knows an answer gives it. What forbids whatever else
is said comes first, then what the person said, then what the law or an agreement permits without her.
"""

from collections.abc import Callable, Iterable

from waypost.consent.rules import Serves
from waypost.disclosure.rules import facts
from waypost.disclosure.rules.case import (
    Case,
    carries,
    deny,
    earlier,
    form_rules,
    is_part2,
    make_case,
    names,
)
from waypost.disclosure.rules.facts import Agreed, Ask, Basis, Decision, Direction, Reason, Said
from waypost.disclosure.rules.law import Law, law_as_shipped
from waypost.disclosure.rules.without_consent import agreement, own_request, passing_on, treatment


def decide(ask: Ask, said: Iterable[Said], agreements: Iterable[Agreed], law: Law | None = None) -> Decision:
    """The answer to one ask. Nothing but these facts counts."""
    case = make_case(ask, tuple(said), tuple(agreements), law or law_as_shipped())
    for step in STEPS:
        answer = step(case)
        if answer is not None:
            return answer
    return _missing(case)


def _own(case: Case) -> Decision | None:
    ask = case.ask
    if ask.discloser.id is None or ask.discloser.id != ask.recipient.id:
        return None
    return Decision(True, Basis.OWN, (Reason("own_record", rules=("house.own",)),))


def _victim_service(case: Case) -> Decision | None:
    statuses = {case.ask.recipient.legal_status, case.ask.discloser.legal_status}
    if facts.VICTIM_SERVICE not in statuses:
        return None
    return deny(Reason("victim_service", rules=("victim.no_sharing",)))


def _legal(case: Case) -> Decision | None:
    if case.ask.purpose != facts.LEGAL:
        return None
    rule = "part2.legal" if is_part2(case.ask) else "hipaa.legal"
    return deny(Reason("privacy_officer", rules=(rule,)))


def _bounds(case: Case) -> Decision | None:
    """What is passed on never exceeds what came."""
    ask, came = case.ask, case.ask.received
    if came is None:
        return None
    ended = came.until is not None and came.until <= ask.at
    if ask.topics <= came.topics and ask.sensitivities <= came.sensitivities and not ended:
        return None
    beyond = tuple(sorted((ask.topics - came.topics) | (ask.sensitivities - came.sensitivities)))
    return deny(Reason("beyond_first", topics=beyond, rules=("house.consent",)))


def _to_the_person(case: Case) -> Decision | None:
    if case.ask.recipient.legal_status != facts.INDIVIDUAL:
        return None
    return Decision(True, Basis.OWN_REQUEST, (Reason("to_the_person", rules=("hipaa.individual",)),))


def _proxy(case: Case) -> Decision | None:
    """A parent stands in a minor's place up to the day of the eighteenth birthday."""
    ask = case.ask
    if ask.recipient.legal_status != facts.PROXY:
        return None
    rules = ("hipaa.representative",)
    if facts.MINOR_CONSENTED in ask.sensitivities:
        return deny(Reason("minor_consented", rules=rules))
    if ask.age is None or ask.age >= ADULT:
        return None  # from that day on, like anybody else
    if case.no is not None or is_part2(ask):
        return None
    return Decision(True, Basis.OWN_REQUEST, (Reason("representative", rules=rules),))


ADULT = 18


def _emergency(case: Case) -> Decision | None:
    """A way with a reason, a clock and a review; a record of a program goes to medical personnel only."""
    ask = case.ask
    if ask.purpose != facts.EMERGENCY:
        return None
    if case.blocked is not None and case.blocked.blocked_workers:
        return None  # a worker who is kept out stays out: a colleague has to act
    if not ask.emergency.strip():
        return deny(Reason("emergency_needs_reason", rules=("hipaa.emergency",)))
    if is_part2(ask):
        rules = ("part2.emergency",)
        if ask.recipient.legal_status != facts.COVERED_ENTITY:
            return deny(Reason("emergency_medical_only", rules=rules))
    elif ask.discloser.legal_status == facts.SCHOOL:
        rules = ("ferpa.emergency",)
    else:
        rules = ("hipaa.emergency",)
    return Decision(True, Basis.EMERGENCY, (Reason("emergency", rules=rules),), carries=carries(case))


def _blocked(case: Case) -> Decision | None:
    """Kept out, whatever was agreed; the person's own request goes past it for an organization alone."""
    if case.blocked is None:
        return None
    workers = bool(case.blocked.blocked_workers)
    if case.ask.present_and_asks and not workers and case.no is None:
        asked = own_request(case)
        if asked is not None:
            return asked
    code = "worker_blocked" if workers else "blocked"
    return deny(Reason(code, case.blocked.starts_at, rules=("house.block",)))


def _consent(case: Case) -> Decision | None:
    usable = [each for each in case.yes if _serves(case, each)]
    if not usable:
        return None
    ask = case.ask
    best = max(usable, key=lambda each: each.starts_at)
    until = earlier(best.ends_at, ask.received.until if ask.received else None)
    reason = Reason("agreed", best.starts_at, until, tuple(sorted(ask.topics)), _consent_rules(case, best))
    return Decision(True, Basis.CONSENT, (reason,), consent_id=best.id, until=until, carries=carries(case))


def _serves(case: Case, said: Said) -> bool:
    """The form is good for this; under Part 2 the recipient is named, or one consent covers a class of it.

    What serves nothing (a paper that nobody has looked at) serves nothing here either.
    """
    if Serves.CONSENT not in said.serves:
        return False
    if not {str(each) for each in case.needed} <= {str(each) for each in said.serves}:
        return False
    if Serves.PART2 not in case.needed or not said.any_partner:
        return True
    return (
        Serves.PART2_TPO in said.serves
        and case.holds("part2.tpo")
        and case.ask.recipient.legal_status in facts.HIPAA_BOUND
        and case.ask.purpose in facts.TPO
    )


def _consent_rules(case: Case, said: Said) -> tuple[str, ...]:
    rules = ["house.consent"]
    if Serves.FERPA in case.needed:
        rules = ["ferpa.consent"]
    if Serves.PART2 in case.needed:
        rules = ["part2.tpo" if said.any_partner else "part2.consent", "part2.notice"]
    if Serves.AUTHORIZATION in case.needed:
        rules.append("hipaa.authorization")
    if Serves.WRITTEN in case.needed:
        rules.append("house.sensitive")
    return tuple(rules)


def _refused(case: Case) -> Decision | None:
    if case.no is None:
        return None
    code = "worker_blocked" if case.no.blocked_workers else "prefers_not"
    return deny(Reason(code, case.no.starts_at, rules=("house.refusal",)))


def _wrong_form(case: Case) -> Decision | None:
    """The person agreed, but not in the form that this wants."""
    if not case.yes:
        return None
    if not any(each.serves for each in case.yes):
        return deny(Reason("form_waiting", rules=form_rules(case) or ("house.consent",)))
    written = [each for each in case.yes if Serves.WRITTEN in each.serves]
    if not written:
        return deny(Reason("needs_written", rules=form_rules(case)))
    named = [each for each in written if case.needed <= each.serves]
    if named and Serves.PART2 in case.needed:
        return deny(Reason("part2_name_recipient", rules=("part2.consent", "part2.intermediary")))
    return deny(Reason("form_lacks", rules=form_rules(case)))


def _missing(case: Case) -> Decision:
    """Why nothing permits it, as precisely as the person's own words allow."""
    ask, rules = case.ask, form_rules(case) or ("house.consent",)
    agreed = [each for each in case.words if each.agreed and ask.discloser.id in each.discloser_ids]
    reached = [each for each in agreed if names(each, ask.recipient)]
    covered = frozenset[str]().union(*(each.topics for each in reached)) if reached else frozenset[str]()
    if ask.direction == Direction.REPORT_BACK and not agreed:
        return deny(Reason("may_not_report", rules=rules))
    if agreed and not reached:
        return deny(Reason("not_this_recipient", rules=rules))
    if reached and ask.topics - covered:
        return deny(Reason("topics_not_agreed", topics=tuple(sorted(ask.topics - covered)), rules=rules))
    if (
        reached
        and case.needed
        and any(not ask.sensitivities <= each.covers_sensitivities for each in reached)
    ):
        return deny(Reason("sensitive_not_agreed", topics=tuple(sorted(ask.sensitivities)), rules=rules))
    return deny(Reason("not_asked", rules=rules))


STEPS: tuple[Callable[[Case], Decision | None], ...] = (
    _own,
    _victim_service,
    _legal,
    _bounds,
    _to_the_person,
    _proxy,
    _emergency,
    _blocked,
    _consent,
    _refused,
    _wrong_form,
    passing_on,
    treatment,
    agreement,
    own_request,
)
