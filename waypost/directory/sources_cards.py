"""What the pages of the directory's upkeep show of duplicates, conflicts and hidden listings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Side:
    """One of two listings. ``secret``: a victim service or a confidential place, told by its name alone."""

    id: UUID
    name: str
    organization: str
    source: str
    where: str
    claimed: bool
    secret: bool
    hidden_why: str
    imported_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a score: its code (rules.alike), its weight in hundredths, and what was compared."""

    code: str
    weight: int
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two listings that look alike; ``score`` of 100."""

    id: UUID
    kind: str
    score: int
    status: str
    reasons: tuple[Reason, ...]
    a: Side
    b: Side
    decided_by: str
    decided_at: datetime | None
    merge_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of two listings, as a fact holds it."""

    field: str
    a: Any
    b: Any
    same: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of which a source says something else than what is shown.

    ``confirmed_on`` and the two beside it: the human who stands for ours. Else ours is from ``ours_source``.
    """

    id: UUID
    entity: str
    row_id: UUID
    name: str
    organization: str
    field: str
    ours: Any
    ours_source: str
    confirmed_on: date | None
    confirmed_how: str
    confirmed_by: str
    theirs: Any
    source: str
    theirs_at: datetime | None
    opened_at: datetime
    status: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Trust:
    """A source that goes before others, for one field or (empty) for every field."""

    id: UUID
    field: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hidden:
    """A listing that is kept but not shown, and how that is undone."""

    kind: str
    row_id: UUID
    name: str
    source: str
    why: str
    since: datetime | None
    instead: str = ""
    instead_id: UUID | None = None
    merge_id: UUID | None = None
    entry_id: UUID | None = None
    match_id: UUID | None = None
    by: str = ""
    reason: str = ""
    asked_by: str = ""
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Somebody who is never to come into the directory, known by name with phone or address."""

    id: UUID
    kind: str
    name: str
    phones: tuple[str, ...]
    streets: tuple[str, ...]
    reason: str
    asked_by: str
    asked_on: date
    by: str


@dataclass(frozen=True, slots=True)
class Match:
    """A listing that may be one that asked not to be listed."""

    id: UUID
    kind: str
    row_id: UUID
    name: str
    source: str
    asked_name: str
    reason: str
    asked_by: str
    asked_on: date
    found_at: datetime
