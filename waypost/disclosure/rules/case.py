"""One ask with everything that bears on it, and how the person's words relate to it."""

from dataclasses import dataclass
from datetime import datetime

from waypost.consent.rules import Serves
from waypost.disclosure.rules import facts
from waypost.disclosure.rules.facts import Agreed, Ask, Basis, Decision, Direction, Party, Reason, Said
from waypost.disclosure.rules.law import Law


@dataclass(frozen=True, slots=True)
class Case:
    """One ask with all that bears on it; ``no``: the latest refusal, ``yes``: agreements that cover it,
    ``blocked``: a wish to keep the recipient out, which no agreement goes past."""

    ask: Ask
    law: Law
    words: tuple[Said, ...]
    no: Said | None
    yes: tuple[Said, ...]
    agreements: tuple[Agreed, ...]
    needed: frozenset[str]
    blocked: Said | None = None

    def holds(self, code: str) -> bool:
        """Whether a rule counts here and now."""
        return self.law.holds(code, self.ask.at.date(), self.ask.where)


def is_part2(ask: Ask) -> bool:
    """Whether 42 CFR Part 2 governs it: a program tells, or the record came from one."""
    source = ask.received.source_status if ask.received else ""
    return (
        facts.PART2_PROGRAM in (ask.discloser.legal_status, source) or facts.PART2_RECORD in ask.sensitivities
    )


def is_of_a_school(ask: Ask) -> bool:
    """Whether FERPA governs it: a school tells, or the record came from one (34 CFR 99.33)."""
    source = ask.received.source_status if ask.received else ""
    return facts.SCHOOL in (ask.discloser.legal_status, source)


def make_case(ask: Ask, said: tuple[Said, ...], agreements: tuple[Agreed, ...], law: Law) -> Case:
    """What of the person's words is in force and bears on this ask, and what kind of form it wants."""
    words = tuple(each for each in said if each.in_force(ask.at))
    against = [each for each in words if not each.agreed and _refuses(each, ask)]
    refusals = [each for each in against if not each.block]
    blocks = sorted((each for each in against if each.block), key=lambda each: not each.blocked_workers)
    block = blocks[0] if blocks else None
    last_no = max(refusals, key=lambda each: each.starts_at, default=None)
    yes = tuple(
        each
        for each in words
        if each.agreed
        and _reaches(each, ask)
        and _covers(each, ask)
        and (last_no is None or each.starts_at > last_no.starts_at)
    )
    return Case(ask, law, words, last_no, yes, agreements, _needed(ask, law), block)


def _needed(ask: Ask, law: Law) -> frozenset[str]:
    """What kind of form this ask wants; several at once are possible."""

    def holds(code: str) -> bool:
        return law.holds(code, ask.at.date(), ask.where)

    found = set()
    if is_of_a_school(ask) and holds("ferpa.consent"):
        found.add(Serves.FERPA)
    if is_part2(ask) and holds("part2.consent"):
        found.add(Serves.PART2)
    other_purpose = ask.discloser.legal_status in facts.HIPAA_BOUND and ask.purpose not in facts.TPO
    if other_purpose and holds("hipaa.authorization"):
        found.add(Serves.AUTHORIZATION)
    if ask.sensitivities and holds("house.sensitive"):
        found.add(Serves.WRITTEN)
    return frozenset(found)


def names(said: Said, recipient: Party) -> bool:
    """Whether the words speak of this recipient, by name or as one of the partners."""
    return said.any_partner or recipient.id in said.recipient_ids


def _reaches(said: Said, ask: Ask) -> bool:
    """It lets this discloser tell this recipient; or lets the recipient of a referral report back."""
    if ask.discloser.id in said.discloser_ids and names(said, ask.recipient):
        return True
    named = ask.discloser.id in said.discloser_ids
    return (
        ask.direction == Direction.REPORT_BACK
        and said.reply
        and (named or not is_part2(ask))  # an answer verifies a patient: the program is named as discloser
        and ask.recipient.id in said.discloser_ids
        and names(said, ask.discloser)
    )


def _refuses(said: Said, ask: Ask) -> bool:
    """It speaks against this: these two, one of these topics, and this worker if it names workers."""
    if said.blocked_workers and not said.blocked_workers & ask.worker_ids:
        return False
    if said.purposes and ask.purpose not in said.purposes:
        return False
    if said.only_back and ask.direction != Direction.REPORT_BACK:
        return False
    forth = ask.discloser.id in said.discloser_ids and names(said, ask.recipient)
    back = ask.recipient.id in said.discloser_ids and names(said, ask.discloser)
    return (forth or back) and (not said.topics or bool(said.topics & ask.topics))


def _covers(said: Said, ask: Ask) -> bool:
    return (
        ask.topics <= said.topics
        and ask.sensitivities <= said.covers_sensitivities
        and ask.purpose in said.purposes
    )


def form_rules(case: Case) -> tuple[str, ...]:
    """The rules that ask for a certain form here."""
    rules = {
        Serves.FERPA: "ferpa.consent",
        Serves.PART2: "part2.consent",
        Serves.AUTHORIZATION: "hipaa.authorization",
        Serves.WRITTEN: "house.sensitive",
    }
    return tuple(rule for kind, rule in rules.items() if kind in case.needed)


def deny(*reasons: Reason) -> Decision:
    """A no with its reasons."""
    return Decision(False, Basis.NONE, reasons)


def carries(case: Case) -> tuple[str, ...]:
    """What travels with it: 42 CFR 2.32, 34 CFR 99.33(d)."""
    if is_part2(case.ask):
        return ("part2_notice", "consent_copy")
    if is_of_a_school(case.ask):
        return ("ferpa_notice",)
    return ()


def permit(case: Case, basis: Basis, code: str, *rules: str, until: datetime | None = None) -> Decision:
    """A permit that ends no later than the disclosure by which the discloser came by it."""
    came = case.ask.received
    ends = earlier(until, came.until if came else None)
    return Decision(True, basis, (Reason(code, until=ends, rules=rules),), until=ends, carries=carries(case))


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier end; None is no end."""
    return min((each for each in (one, other) if each is not None), default=None)
