"""Whose team somebody is on, and to whom work can be given."""

from uuid import UUID

from waypost.kernel.actors import Actor
from waypost.network.cards import MembershipCard
from waypost.network.roles import Action, may
from waypost.network.selectors import members, teams
from waypost.web.access import StaffRequest


def team_of(request: StaffRequest) -> UUID | None:
    """The team on which this user works in the organization for which he or she acts now."""
    here: list[MembershipCard] = getattr(request, "memberships", [])
    return next((each.team_id for each in here if each.organization_id == request.actor.organization), None)


def givable(actor: Actor) -> list[tuple[str, str]]:
    """Teams and colleagues who may check listings: value and name."""
    colleagues = [each for each in members(actor.organization) if may(each.role, Action.CHECK_LISTING)]
    return [
        *((f"team:{each.id}", each.name) for each in teams(actor.organization)),
        *((f"user:{each.user_id}", each.user_name) for each in colleagues),
    ]


def given_to(actor: Actor, value: str) -> tuple[UUID | None, UUID | None] | None:
    """Team and user of one of ``givable``; None for anything else."""
    if value not in dict(givable(actor)):
        return None
    kind, _colon, row_id = value.partition(":")
    if kind == "team":
        return UUID(row_id), None
    colleague = next(each for each in members(actor.organization) if str(each.user_id) == row_id)
    return colleague.team_id, colleague.user_id
