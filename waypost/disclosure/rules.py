"""May this be told to them? A pure function over plain facts; every answer comes with its reasons.

The law in short, as far as these rules go: HIPAA lets covered entities tell each other what treatment
needs (45 CFR 164.506(c)) and others what a person agreed to; 42 CFR Part 2 wants a written consent that
names its elements (§ 2.31); a victim-service provider registers nobody in a shared system (28 CFR 90.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

TREATMENT = "treatment"
CARE_COORDINATION = "care_coordination"


class Basis(StrEnum):
    """What permits a disclosure."""

    OWN = "own"
    CONSENT = "consent"
    TREATMENT = "treatment"
    AGREEMENT = "agreement"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Party:
    """An organization in the eyes of the law. ``id`` None: somebody outside the network."""

    id: UUID | None
    name: str
    legal_status: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said about sharing."""

    id: UUID
    agreed: bool
    discloser_ids: frozenset[UUID]
    any_partner: bool
    recipient_ids: frozenset[UUID]
    topics: frozenset[str]
    covers_sensitivities: frozenset[str]
    purposes: frozenset[str]
    written: bool
    starts_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None

    def in_force(self, at: datetime) -> bool:
        """Begun, not ended, not taken back."""
        ended = self.ends_at is not None and self.ends_at <= at
        taken_back = self.revoked_at is not None and self.revoked_at <= at
        return self.starts_at <= at and not ended and not taken_back


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement between two organizations that is in force."""

    id: UUID
    kind: str
    purposes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants to tell, to whom, what for, and when."""

    discloser: Party
    recipient: Party
    topics: frozenset[str]
    sensitivities: frozenset[str]
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code with the facts behind it; ``disclosure.words`` makes a sentence of it."""

    code: str
    since: datetime | None = None
    until: datetime | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Permit or deny, with basis and reasons. A denial always has a reason."""

    permit: bool
    basis: Basis
    reasons: tuple[Reason, ...]
    consent_id: UUID | None = None
    until: datetime | None = None


SHARING_AGREEMENTS = frozenset({"data_sharing", "baa", "qsoa"})


def decide(  # noqa: PLR0911 - one return for each answer
    ask: Ask, said: Iterable[Said], agreements: Iterable[Agreed]
) -> Decision:
    """The answer to one ask. Nothing but these facts counts."""
    if ask.discloser.id is not None and ask.discloser.id == ask.recipient.id:
        return Decision(True, Basis.OWN, (Reason("own_record"),))
    if "victim_service" in {ask.recipient.legal_status, ask.discloser.legal_status}:
        return _deny(Reason("victim_service"))
    words = [each for each in said if each.in_force(ask.at)]
    matching = [each for each in words if _concerns(each, ask)]
    refusals = [each for each in matching if not each.agreed]
    consents = [each for each in matching if each.agreed and _covers(each, ask)]
    last_no = max((each.starts_at for each in refusals), default=None)
    consents = [each for each in consents if last_no is None or each.starts_at > last_no]
    strict = _strict(ask)
    usable = [each for each in consents if each.written or not strict]
    if usable:
        best = max(usable, key=lambda each: each.starts_at)
        reason = Reason("agreed", best.starts_at, best.ends_at, tuple(sorted(ask.topics)))
        return Decision(True, Basis.CONSENT, (reason,), consent_id=best.id, until=best.ends_at)
    if last_no is not None:
        return _deny(Reason("prefers_not", last_no))
    if consents:
        return _deny(Reason("needs_written"))
    if not strict:
        other = _without_consent(ask, agreements)
        if other is not None:
            return other
    return _deny(*_what_is_missing(ask, words, strict))


def _deny(*reasons: Reason) -> Decision:
    return Decision(False, Basis.NONE, reasons)


def _strict(ask: Ask) -> bool:
    """Sensitive matters and Part 2 programs: only a written consent that covers them will do."""
    return bool(ask.sensitivities) or ask.discloser.legal_status == "part2_program"


def _concerns(said: Said, ask: Ask) -> bool:
    """A word about this discloser, this recipient and at least one of these topics."""
    discloser = ask.discloser.id in said.discloser_ids
    recipient = said.any_partner or ask.recipient.id in said.recipient_ids
    topics = not said.topics or bool(said.topics & ask.topics)
    return discloser and recipient and topics


def _covers(said: Said, ask: Ask) -> bool:
    return (
        ask.topics <= said.topics
        and ask.sensitivities <= said.covers_sensitivities
        and ask.purpose in said.purposes
    )


def _without_consent(ask: Ask, agreements: Iterable[Agreed]) -> Decision | None:
    covered = {ask.discloser.legal_status, ask.recipient.legal_status} == {"covered_entity"}
    if covered and ask.purpose == TREATMENT:
        return Decision(True, Basis.TREATMENT, (Reason("treatment"),))
    for each in agreements:
        if each.kind in SHARING_AGREEMENTS and ask.purpose in each.purposes:
            return Decision(True, Basis.AGREEMENT, (Reason("agreement"),))
    return None


def _what_is_missing(ask: Ask, words: list[Said], strict: bool) -> tuple[Reason, ...]:
    agreed = [each for each in words if each.agreed and ask.discloser.id in each.discloser_ids]
    reached = [each for each in agreed if each.any_partner or ask.recipient.id in each.recipient_ids]
    covered = frozenset[str]().union(*(each.topics for each in reached)) if reached else frozenset[str]()
    if agreed and not reached:
        return (Reason("not_this_recipient"),)
    if reached and ask.topics - covered:
        return (Reason("topics_not_agreed", topics=tuple(sorted(ask.topics - covered))),)
    if reached and strict:
        return (Reason("sensitive_not_agreed", topics=tuple(sorted(ask.sensitivities))),)
    return (Reason("not_asked"),)
