"""Is this your organization? The way to keep a listing oneself, for members and for strangers."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from waypost.directory.selectors import service_page
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations
from waypost.web.access import open_directory


@open_directory
@require_safe
def ours(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Whoever may claim goes on to the claim; everybody else reads how, and whom to ask."""
    try:
        listing = service_page(service_id).listing
    except NotVisible as hidden:
        raise Http404 from hidden
    if listing.is_victim_service or listing.claimed_by is not None:
        return redirect("service", service_id)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and may(actor.role, Action.EDIT_LISTING):
        return redirect("claim_begin", listing.organization_id)
    context = {
        "listing": listing,
        "member": actor is not None,
        "email": settings.CONTACT_EMAIL,
        "staff": organizations(kind="integrator"),
        "layout": "layout/base.html" if actor else "layout/public.html",
    }
    return render(request, "web/public/ours.html", context)
