"""Requests, episodes and contacts as the rest of the house sees them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for coordination. ``outcome``: what became of it, in words for whoever asked."""

    id: UUID
    reference: str
    person_id: UUID | None
    person_name: str
    phone: str
    language: str
    reason: str
    reason_name: str
    reason_words: str
    channel: str
    warm: bool
    expects_call: bool
    urgent: bool
    referrer_id: UUID | None
    referrer_name: str
    referrer_role: str
    team_name: str
    status: str
    closed_reason: str
    asked_at: datetime
    taken_by_name: str
    taken_at: datetime | None
    closed_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Workload:
    """The open episodes of one lead, counted. ``due``: today; ``overdue``: before today."""

    lead_id: UUID
    lead_name: str
    active: int
    waiting: int
    due: int
    overdue: int


@dataclass(frozen=True, slots=True)
class EpisodeCard:
    """A person in somebody's caseload."""

    id: UUID
    person_id: UUID
    lead_id: UUID
    lead_name: str
    opened_at: datetime
    closed_at: datetime | None
    closed_reason: str
    whose_move: str
    next_move: str
    next_words: str
    check_back_on: date | None
    phase: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of a caseload: whose move it is, and when to check back."""

    episode_id: UUID
    person_id: UUID
    person_name: str
    lead_id: UUID
    lead_name: str
    phase: str
    whose_move: str
    next_move: str
    next_words: str
    check_back_on: date | None
    overdue: bool
    due_today: bool
    urgent: bool
    open_needs: int
    first_need: str
    last_contact_at: datetime | None
    last_contact_mode: str
    last_contact_result: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class MyDay:
    """A coordinator's day. ``this_week``: due in the next seven days; ``later``: all else that is open."""

    now: tuple[CaseRow, ...]
    new: tuple[RequestRow, ...]
    this_week: int
    later: int
    by_move: dict[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact with a person, or a try."""

    id: UUID
    at: datetime
    mode: str
    mode_name: str
    direction: str
    result: str
    result_name: str
    note: str
    by_name: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service that one's own client got."""

    id: UUID
    person_id: UUID
    person_name: str
    listing_id: UUID | None
    what: str
    on: date
    quantity: str
    note: str
    by_name: str


@dataclass(frozen=True, slots=True)
class RequestFact:
    """A request for coordination as figures count it; nothing personal."""

    asked_on: date
    team_id: UUID | None
    team_name: str
    role: str
    channel: str
    warm: bool
    status: str
    closed_reason: str
