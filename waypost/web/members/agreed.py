"""The agreements to which one's own organization is a party, with their signed copies."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.kernel.clock import today
from waypost.network.cards import Term
from waypost.network.copies import copies_of, open_copy
from waypost.network.roles import Action
from waypost.network.selectors import organizations, terms
from waypost.web.access import StaffRequest, wants
from waypost.web.attachments import attachment


@require_safe
@wants(Action.MANAGE_MEMBERS, Action.GUARD_PRIVACY)
def our_agreements(request: StaffRequest) -> HttpResponse:
    """Those in force, the one that ends soonest first."""
    found = terms(on=today(), party=request.actor.organization)
    kept = copies_of([each.id for each in found if each.id])
    rows = [(each, party_names(each), kept.get(each.id, []) if each.id else []) for each in found]
    return render(request, "web/members/agreements.html", {"rows": rows})


@require_safe
@wants(Action.MANAGE_MEMBERS, Action.GUARD_PRIVACY)
def copy(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """A signed copy as a download, for the parties and the integrator; logged each time."""
    found = open_copy(request.actor, copy_id)
    return attachment(found.content, name=f"agreement-{found.agreement_id}", media=found.media)


def party_names(card: Term) -> list[str]:
    """Who agreed, by name; those that left the network are not named."""
    return [each.name for each in organizations(ids=card.party_ids)]
