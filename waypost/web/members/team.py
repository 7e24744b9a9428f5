"""Who works for an organization: roles, last sign-in, training; and who is invited."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.accounts.selectors import DoorCard, at_the_door
from waypost.kernel.clock import today
from waypost.network.cards import MembershipCard
from waypost.network.invited import invitations
from waypost.network.roles import Action, may
from waypost.network.selectors import members, organizations
from waypost.network.words import role_title
from waypost.web.access import StaffRequest, wants
from waypost.web.members.whose import organization_of, query_of


@dataclass(frozen=True, slots=True)
class Row:
    """A member with how he or she stands at the door."""

    member: MembershipCard
    role: str
    door: DoorCard | None
    trained: bool


@require_safe
@wants(Action.MANAGE_MEMBERS)
def members_page(request: StaffRequest) -> HttpResponse:
    """Everybody who works here now, and the invitations that wait."""
    whose = organization_of(request)
    people = members(whose.id)
    doors, on = at_the_door([each.user_id for each in people]), today()
    rows = [
        Row(each, role_title(each.role), door, bool(door and door.training and door.training.counts(on)))
        for each in people
        for door in [doors.get(each.user_id)]
    ]
    all_of_them = organizations() if may(request.actor.role, Action.SET_UP_NETWORK) else []
    context = {
        "whose": whose,
        "of": query_of(request, whose),
        "rows": rows,
        "untrained": sum(1 for each in rows if not each.trained),
        "invited": [(each, role_title(each.role)) for each in invitations(whose.id)],
        "organizations": all_of_them,
    }
    return render(request, "web/members/members.html", context)
