"""Whose members a page is about: one's own organization, or any that the integrator names (``of``)."""

from uuid import UUID

from django.http import Http404

from waypost.network.cards import OrganizationCard
from waypost.network.roles import Action, may
from waypost.network.selectors import organization
from waypost.web.access import StaffRequest


def organization_of(request: StaffRequest) -> OrganizationCard:
    """The organization; 404 for one that this reader has no say in."""
    asked = request.GET.get("of", "") or request.POST.get("of", "")
    if not asked:
        return organization(request.actor.organization)
    try:
        wanted = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    if wanted != request.actor.organization_id and not may(request.actor.role, Action.SET_UP_NETWORK):
        raise Http404
    return organization(wanted)


def query_of(request: StaffRequest, whose: OrganizationCard) -> str:
    """What addresses carry on: nothing for one's own organization."""
    return "" if whose.id == request.actor.organization_id else f"?of={whose.id}"
