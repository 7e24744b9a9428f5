"""The proof that the gate was asked. Only ``waypost.disclosure.gate`` makes one."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to read these people's data for one purpose; selectors of others' data ask for it."""

    actor_id: UUID | None
    organization_id: UUID
    purpose: str
    person_ids: frozenset[UUID]

    def covers(self, person_id: UUID) -> bool:
        """Whether this person is among those for whom the gate was opened."""
        return person_id in self.person_ids
