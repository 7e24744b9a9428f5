"""One listed organization as the network's staff look after it: who keeps it, what of it is private."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import LOCAL_SOURCE
from waypost.directory.selectors import organization_state
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.network.selectors import organization as participant
from waypost.web.access import StaffRequest, wants
from waypost.web.upkeep.tabs import tabs


@require_safe
@wants(Action.KEEP_DIRECTORY)
def organization(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """Its services, its places, and whether it serves victims of violence."""
    state = organization_state(organization_id)
    context = {
        "tabs": tabs(request.actor.role, ""),
        "state": state,
        "keeper": participant(state.claimed_by).name if state.claimed_by else "",
        "source": "" if state.source == LOCAL_SOURCE else state.source,
    }
    return render(request, "web/upkeep/organization.html", context)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def victims(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """Say that it serves victims of violence, or that it does not."""
    name, serves = organization_state(organization_id).name, request.POST.get("serves") == "yes"
    services.mark_victim_service(actor=request.actor, organization_id=organization_id, serves_victims=serves)
    words = (
        _("%(name)s: its hotline is shown, and nothing else.")
        if serves
        else _("%(name)s is shown as other organizations are. Private places stay private.")
    )
    messages.success(request, words % {"name": name})
    return redirect("upkeep_organization", organization_id)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def place(request: StaffRequest, organization_id: UUID, location_id: UUID) -> HttpResponse:
    """Keep the address of one of its places private, or show it."""
    if location_id not in {each.id for each in organization_state(organization_id).places}:
        raise NotVisible
    private = request.POST.get("private") == "yes"
    services.set_confidential(actor=request.actor, location_id=location_id, confidential=private)
    messages.success(
        request,
        _("The address is private now: no page, map or export tells it.")
        if private
        else _("The address is shown from now on."),
    )
    return redirect("upkeep_organization", organization_id)
