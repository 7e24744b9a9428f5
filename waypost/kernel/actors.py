"""Who acts: the user, and the organization for which he or she acts."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does something, as written into events and the audit.

    ``organization_id`` None means that nobody's data is in reach (row level security shows no rows).
    """

    user_id: UUID | None
    name: str
    organization_id: UUID | None
    organization_name: str
    role: str

    @property
    def organization(self) -> UUID:
        """The acting organization; an actor without one may not do what needs one."""
        if self.organization_id is None:
            raise PermissionError("this needs an actor with an organization")
        return self.organization_id


SYSTEM = Actor(user_id=None, name="Waypost", organization_id=None, organization_name="", role="system")
