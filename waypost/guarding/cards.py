"""What the privacy officer looks after, as pages see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.guarding.machine import ENDED, NOTHING, OPEN


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record that an emergency opened."""

    person_id: UUID
    holder_id: UUID
    holder_name: str
    topics: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """One emergency access. ``own``: somebody of the asking organization opened it."""

    id: UUID
    reference: str
    own: bool
    organization_id: UUID
    organization_name: str
    user_id: UUID
    user_name: str
    reason: str
    reason_name: str
    words: str
    facts_name: str
    status: str
    opened_at: datetime
    until: datetime
    holder_names: tuple[str, ...]
    ended_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by_name: str
    review_words: str
    live: bool

    @property
    def waits(self) -> bool:
        """Whether somebody has to review it."""
        return self.own and self.status in (OPEN, ENDED)

    @property
    def opened_nothing(self) -> bool:
        """Whether the try opened no record."""
        return self.status == NOTHING


@dataclass(frozen=True, slots=True)
class CopyFileCard:
    """A file to hand over; ``size`` in bytes."""

    form: str
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CopyCard:
    """A request for a copy of the whole record. ``late``: its clock has run out."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    holder_id: UUID
    asked_on: date
    asked_by: str
    for_representative: bool
    language: str
    due_on: date
    extended_on: date | None
    extension_words: str
    status: str
    taken_by: UUID | None
    taken_by_name: str
    made_at: datetime | None
    ended_at: datetime | None
    ended_by_name: str
    ended_words: str
    late: bool
    files: tuple[CopyFileCard, ...]


@dataclass(frozen=True, slots=True)
class StepCard:
    """What somebody did about an incident or a demand."""

    name: str
    words: str
    actor_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """A privacy incident. ``late``: nobody was told in time. ``moves``: what may be done next."""

    id: UUID
    reference: str
    source_name: str
    words: str
    happened_on: date | None
    discovered_on: date
    due_on: date
    reported_by_name: str
    reported_at: datetime
    emergency_id: UUID | None
    status: str
    nature: str
    who: str
    acquired: str
    mitigated: str
    low_risk: bool | None
    people: int | None
    told_on: date | None
    late: bool
    moves: tuple[str, ...]
    steps: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class DemandCard:
    """A legal demand; ``moves``: what may be done next."""

    id: UUID
    reference: str
    kind: str
    kind_name: str
    at_the_door: bool
    asked_by: str
    asked_for: str
    answer_by: date | None
    taken_by_name: str
    taken_at: datetime
    status: str
    moves: tuple[str, ...]
    steps: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class AmendmentCard:
    """A request to correct the record. ``late``: its clock has run out."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    what: str
    why: str
    asked_on: date
    due_on: date
    extended_on: date | None
    extension_words: str
    taken_by_name: str
    status: str
    answered_at: datetime | None
    answered_by_name: str
    answer_words: str
    told: str
    denial_name: str
    disagreement: str
    disagreed_on: date | None
    rebuttal: str
    late: bool
