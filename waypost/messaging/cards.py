"""Notices as pages see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One notice for one reader; ``words`` in the reader's language, with nothing personal in them."""

    id: UUID
    kind: str
    words: str
    reference: str
    from_name: str
    url: str
    created_at: datetime
    unread: bool
