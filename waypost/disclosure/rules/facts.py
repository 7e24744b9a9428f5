"""What the rules look at, and what they answer: plain data, nothing else counts."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from waypost.consent import minors
from waypost.consent.rules import Serves

TREATMENT = "treatment"
PAYMENT = "payment"
OPERATIONS = "operations"
CARE_COORDINATION = "care_coordination"
OWN_REQUEST = "own_request"
EMERGENCY = "emergency"
LEGAL = "legal_proceeding"

# Care coordination is treatment when a provider coordinates with a third party (45 CFR 164.501).
TPO = frozenset({TREATMENT, PAYMENT, OPERATIONS, CARE_COORDINATION})

COVERED_ENTITY = "covered_entity"
BUSINESS_ASSOCIATE = "business_associate"
PART2_PROGRAM = "part2_program"
VICTIM_SERVICE = "victim_service"
SCHOOL = "school"
PROXY = "proxy"
INDIVIDUAL = "individual"
HIPAA_BOUND = frozenset({COVERED_ENTITY, BUSINESS_ASSOCIATE})

PART2_RECORD = minors.PART2_RECORD
MINOR_CONSENTED = minors.MINOR_CONSENTED


class Basis(StrEnum):
    """What permits a disclosure."""

    OWN = "own"
    CONSENT = "consent"
    TREATMENT = "treatment"
    AGREEMENT = "agreement"
    OWN_REQUEST = "own_request"
    EMERGENCY = "emergency"
    NONE = "none"


class Direction(StrEnum):
    """Each direction is a disclosure of its own."""

    SEND = "send"
    REPORT_BACK = "report_back"
    PASS_ON = "pass_on"  # noqa: S105 - no password


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in the eyes of the law. ``id`` None: outside the network."""

    id: UUID | None
    name: str
    legal_status: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said about sharing. ``topics``, ``purposes`` empty in a refusal: all of them.

    ``serves`` is what the form is good for at this moment: a scan that nobody verified, or a form that
    lacks an element, serves less. ``blocked_workers``: in a refusal, these people and nobody else.
    ``block``: a refusal that no later agreement goes past. ``only_back``: no answers; the rest stands.
    """

    id: UUID
    agreed: bool
    discloser_ids: frozenset[UUID]
    any_partner: bool
    recipient_ids: frozenset[UUID]
    topics: frozenset[str]
    covers_sensitivities: frozenset[str]
    purposes: frozenset[str]
    starts_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None
    serves: frozenset[str] = frozenset({Serves.CONSENT})
    reply: bool = False
    blocked_workers: frozenset[UUID] = frozenset()
    block: bool = False
    only_back: bool = False

    def in_force(self, at: datetime) -> bool:
        """Begun, not ended, not taken back."""
        ended = self.ends_at is not None and self.ends_at <= at
        taken_back = self.revoked_at is not None and self.revoked_at <= at
        return self.starts_at <= at and not ended and not taken_back


@dataclass(frozen=True, slots=True)
class Agreed:
    """A signed agreement to which both organizations are parties, in force at the moment of the ask."""

    id: UUID
    kind: str
    purposes: frozenset[str]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """How the discloser came by what it wants to pass on: the first disclosure sets the widest bounds."""

    source_status: str
    topics: frozenset[str]
    sensitivities: frozenset[str]
    purposes: frozenset[str]
    until: datetime | None = None
    under_tpo: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants to tell, to whom, what for, and when.

    ``worker_ids``: who would read it, where that is known. ``emergency``: what happened, in words; empty
    when there is none. ``present_and_asks``: the person is there and asks us to tell them.
    ``wider_because``: why more than the minimum is needed. ``age``: the person's, in years.
    """

    discloser: Party
    recipient: Party
    topics: frozenset[str]
    sensitivities: frozenset[str]
    purpose: str
    at: datetime
    direction: str = Direction.SEND
    worker_ids: frozenset[UUID] = frozenset()
    emergency: str = ""
    present_and_asks: bool = False
    wider_because: str = ""
    received: Received | None = None
    age: int | None = None
    where: str = "US"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code with the facts behind it; ``disclosure.words`` makes a sentence of it.

    ``rules`` are codes of ``data/law.json``, where the citation stands.
    """

    code: str
    since: datetime | None = None
    until: datetime | None = None
    topics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Permit or deny, with basis and reasons. A denial always has a reason.

    ``carries``: what the law wants to travel with it ("part2_notice", "consent_copy", "ferpa_notice").
    """

    permit: bool
    basis: Basis
    reasons: tuple[Reason, ...]
    consent_id: UUID | None = None
    until: datetime | None = None
    carries: tuple[str, ...] = field(default=())

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of all rules that were applied, in order."""
        return tuple(dict.fromkeys(rule for reason in self.reasons for rule in reason.rules))
