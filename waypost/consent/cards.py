"""Consents and forms as the rest of the house sees them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """What a person said about sharing, when and until when. ``serves``: what it is good for now."""

    id: UUID
    person_id: UUID
    decision: str
    discloser_ids: frozenset[UUID]
    recipient_class: str
    recipient_ids: frozenset[UUID]
    topics: frozenset[str]
    covers_sensitivities: frozenset[str]
    purposes: frozenset[str]
    reply: bool
    captured: str
    words_shown: str
    language: str
    witness: str
    starts_at: datetime
    ends_at: datetime | None
    status: str
    recorded_by_name: str
    revoked_at: datetime | None
    form_id: UUID | None = None
    wanted: frozenset[str] = frozenset()
    serves: frozenset[str] = frozenset()
    worker_ids: frozenset[UUID] = frozenset()
    only_back: bool = False
    narrows_id: UUID | None = None
    revoked_by_name: str = ""
    recalled_referrals: bool = False

    @property
    def agreed(self) -> bool:
        """Whether it permits (rather than asks not to share)."""
        return self.decision == "agreed"

    @property
    def blocks(self) -> bool:
        """Whether it keeps somebody out."""
        return self.decision == "blocked"

    @property
    def signed(self) -> bool:
        """Whether there is a signature, of whatever kind."""
        return self.captured != "spoken"

    @property
    def waits(self) -> bool:
        """Whether its paper has not been looked at yet: until then it serves nothing."""
        return self.status == "waiting"

    def in_force(self, at: datetime) -> bool:
        """Whether it counts at this moment: begun, not ended, not taken back."""
        begun = self.starts_at <= at
        ended = self.ends_at is not None and self.ends_at <= at
        return begun and not ended and self.status == "active"


@dataclass(frozen=True, slots=True)
class FileCard:
    """A kept scan or drawn signature, without its content."""

    id: UUID
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class CopyCard:
    """A copy that the person was given."""

    language: str
    given_by_name: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class FormCard:
    """A form with who signed it, who looked at it, and its elements by instrument."""

    id: UUID
    person_id: UUID
    language: str
    version: str
    words_shown: str
    captured: str
    signed_by: str
    signed_at: datetime | None
    representative: str
    authority: str
    alone_because: str
    minor_signed_by: str
    witness: str
    status: str
    elements: dict[str, dict[str, bool]]
    recorded_by_id: UUID | None
    recorded_by_name: str
    recorded_at: datetime
    verified_by_name: str
    verified_at: datetime | None
    sent_back_words: str
    consents: tuple[ConsentCard, ...]
    files: tuple[FileCard, ...] = ()
    copies: tuple[CopyCard, ...] = field(default=())

    @property
    def waiting(self) -> bool:
        """Whether it waits for a second pair of eyes."""
        return self.status == "waiting"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A kept file with its content, for whoever may read it."""

    form_id: UUID
    media: str
    content: bytes = field(repr=False)
