"""The table of roles as it stands in code, in words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.network.roles import Action, Role, may
from waypost.network.words import ACTION_NAMES, role_sentence, role_title
from waypost.web.access import StaffRequest, wants


@require_safe
@wants(Action.MANAGE_MEMBERS)
def roles(request: StaffRequest) -> HttpResponse:
    """Role by action: read from the table that every page asks."""
    lines = [
        (ACTION_NAMES[action], [(role_title(role), may(role, action)) for role in Role]) for action in Action
    ]
    context = {"roles": [(role_title(role), role_sentence(role)) for role in Role], "lines": lines}
    return render(request, "web/members/roles.html", context)
