"""Feeds and imports as pages see them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

COUNTED = ("read", "created", "updated", "unchanged", "quarantined")


@dataclass(frozen=True, slots=True)
class FeedCard:
    """A feed; ``rows`` services stand in the directory from it, ``last`` is its newest import."""

    id: UUID
    name: str
    source: str
    url: str
    kind: str
    kind_words: str
    cadence: str
    cadence_words: str
    complete: bool
    enabled: bool
    next_at: datetime | None
    failures: int
    last_error: str
    has_mapping: bool
    last: "RunCard | None" = None


@dataclass(frozen=True, slots=True)
class RunCard:
    """One import. ``counts``: table -> read, created, updated, unchanged, quarantined."""

    id: UUID
    feed_id: UUID
    feed_name: str
    state: str
    state_words: str
    how: str
    dry: bool
    complete: bool
    files: tuple[str, ...]
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    attempts: int
    message: str
    set_aside: bool
    changes: int
    changes_kept: bool
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def totals(self) -> dict[str, int]:
        """The sums over all tables."""
        return {name: sum(each.get(name, 0) for each in self.counts.values()) for name in COUNTED}


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One field of one row that an import changed; ``listing`` is what it belongs to."""

    table: str
    row_id: UUID
    title: str
    field: str
    before: str
    after: str
    service_id: UUID | None = None
