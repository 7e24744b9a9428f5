"""The first page of the directory's upkeep: how true the listings are."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.directory.selectors import overview
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.upkeep.tabs import tabs


@require_safe
@wants(Action.CHECK_LISTING)
def upkeep(request: StaffRequest) -> HttpResponse:
    """How many listings there are, and how long ago a human made sure of them."""
    context = {"tabs": tabs(request.actor.role, "upkeep"), "directory": overview()}
    return render(request, "web/upkeep/overview.html", context)
