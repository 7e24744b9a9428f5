"""Notices as pages see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One notice for one reader; ``words`` in the reader's language, with nothing personal in them.

    ``detail`` says what a report reports.
    """

    id: UUID
    kind: str
    words: str
    detail: str
    reference: str
    created_at: datetime
    unread: bool
