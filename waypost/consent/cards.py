"""Consents as the rest of the house sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """What a person said about sharing, when and until when."""

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

    @property
    def agreed(self) -> bool:
        """Whether it permits (rather than asks not to share)."""
        return self.decision == "agreed"

    def in_force(self, at: datetime) -> bool:
        """Whether it counts at this moment: begun, not ended, not taken back."""
        begun = self.starts_at <= at
        ended = self.ends_at is not None and self.ends_at <= at
        return begun and not ended and self.status == "active"
