"""Holds and records whose time is over, as pages see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DuePerson:
    """A record that may go since ``due_on``."""

    person_id: UUID
    holder_id: UUID
    last_contact_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class HoldCard:
    """A hold that stands."""

    id: UUID
    person_id: UUID
    person_name: str
    reason: str
    demand_id: UUID | None
    demand_reference: str
    placed_by_name: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class DisposalCard:
    """A record that is due, asked for, or destroyed. ``person_name`` is empty once it is gone."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    last_contact_on: date
    due_on: date
    status: str
    asked_by: UUID | None
    asked_by_name: str
    asked_at: datetime | None
    words: str
    confirmed_by_name: str
    confirmed_at: datetime | None
    rows_gone: int
