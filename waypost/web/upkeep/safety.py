"""Listings whose addresses are kept back until somebody has looked: what they are is decided here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.directory import services
from waypost.directory.selectors import HoldCard, organization_state, safety_holds, waiting_holds
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.paging import number_of, paged
from waypost.web.upkeep.tabs import tabs

SIZE = 20


@require_safe
@wants(Action.KEEP_DIRECTORY)
def holds(request: StaffRequest) -> HttpResponse:
    """Those that nobody has looked at come first."""

    def read(number: int) -> tuple[list[HoldCard], int]:
        return safety_holds(page=number, size=SIZE)

    page = paged(read, number_of(request), size=SIZE)
    waiting = waiting_holds()
    context = {
        "tabs": tabs(request.actor.role, "upkeep_safety", {"upkeep_safety": waiting}),
        "page": page,
        "waiting": waiting,
    }
    return render(request, "web/upkeep/safety.html", context)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def decide(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """Hotline only, address private, or shown."""
    name = organization_state(organization_id).name
    decision = request.POST.get("decision", "")
    with attempt() as done:
        services.decide_safety(actor=request.actor, organization_id=organization_id, decision=decision)
    if done.worked:
        said = {
            "victim_service": _("%(name)s: its hotline is shown, and nothing else."),
            "hide_address": _("%(name)s: its addresses stay private; the rest is shown."),
            "show": _("%(name)s: its addresses are shown from now on."),
        }
        messages.success(request, said[decision] % {"name": name})
    else:
        messages.error(request, done.refusal)
    return redirect("upkeep_safety")
