"""What the rest of the house may know of participants."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrganizationCard:
    """A participant."""

    id: UUID
    name: str
    kind: str
    legal_status: str
    person_word: str
    phone: str
    notice_email: str
    second_step_from: date | None = None

    @property
    def is_victim_service(self) -> bool:
        """Registers nobody here and is never asked for outcomes (28 CFR 90.4)."""
        return self.legal_status == "victim_service"


@dataclass(frozen=True, slots=True)
class MembershipCard:
    """Somebody's place in an organization."""

    id: UUID
    user_id: UUID
    user_name: str
    organization_id: UUID
    organization_name: str
    role: str
    team_id: UUID | None
    team_name: str
    profession: str


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team."""

    id: UUID
    name: str
    site_name: str
    coordinator_fte: float | None


@dataclass(frozen=True, slots=True)
class Term:
    """An agreement in force, and until when (None: open-ended)."""

    kind: str
    kind_name: str
    party_ids: frozenset[UUID]
    valid_to: date | None
    id: UUID | None = None
    signed_on: date | None = None
    valid_from: date | None = None
    ended_at: datetime | None = None
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """An agreement in force on the day that was asked for."""

    id: UUID
    kind: str
    party_ids: frozenset[UUID]
    purposes: frozenset[str]
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """Somebody who is asked to work for an organization. ``state``: open, expired, taken_back, accepted."""

    id: UUID
    organization_id: UUID
    organization_name: str
    email: str
    role: str
    invited_by: str
    sent_at: datetime
    expires_at: datetime
    state: str
    link: str


@dataclass(frozen=True, slots=True)
class CoverCard:
    """Who stands in for whom, from when through when."""

    id: UUID
    covered_id: UUID
    covered_name: str
    by_id: UUID
    by_name: str
    starts_on: date
    ends_on: date
    set_by: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class SignOnCard:
    """An organization's own sign-on; ``enforced``: its members use no password here."""

    id: UUID
    organization_id: UUID
    organization_name: str
    issuer: str
    client_id: str
    secret_variable: str
    domain: str
    enforced: bool


@dataclass(frozen=True, slots=True)
class CopyCard:
    """A signed copy of an agreement; ``size`` in bytes."""

    id: UUID
    media: str
    size: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawnCopy:
    """A copy that is offered to nobody any more: when it was added and by whom, when withdrawn, and why."""

    id: UUID
    added_by: str
    added_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class OpenedCopy:
    """What a signed copy holds."""

    agreement_id: UUID
    media: str
    content: bytes
