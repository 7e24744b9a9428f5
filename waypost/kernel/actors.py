"""Who acts: the user, and the organization for which he or she acts."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does something, as written into events and the audit.

    ``organization_id`` None means that nobody's data is in reach (row level security shows no rows).
    ``covers`` is the colleague for whom somebody stands in; ``name`` then says both ("Ana Reyes for Ben
    Alba"), so that every line that keeps the name keeps that too.
    """

    user_id: UUID | None
    name: str
    organization_id: UUID | None
    organization_name: str
    role: str
    covers: UUID | None = None
    covered_name: str = ""

    @property
    def works_for(self) -> UUID | None:
        """Whose caseload, requests and messages this is about: one's own, or those of who is covered."""
        return self.covers or self.user_id

    @property
    def works_as(self) -> str:
        """The name of whoever leads what is taken in hand."""
        return self.covered_name or self.name

    @property
    def organization(self) -> UUID:
        """The acting organization; an actor without one may not do what needs one."""
        if self.organization_id is None:
            raise PermissionError("this needs an actor with an organization")
        return self.organization_id


SYSTEM = Actor(user_id=None, name="Waypost", organization_id=None, organization_name="", role="system")
