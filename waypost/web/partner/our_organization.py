"""The organization itself, as its keeper says it: who it is and how it is reached."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory import services
from waypost.directory.choices import FactOf
from waypost.directory.selectors import own_organization, own_proposals
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.partner.forms_places import OrganizationForm
from waypost.web.upkeep.field_words import field_names
from waypost.web.upkeep.reviews import change


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def organization(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """Name, website, e-mail and phone are looked at before everybody reads them."""
    found = own_organization(request.actor.organization, organization_id)
    form = OrganizationForm(request.POST if request.method == "POST" else None, organization=found)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            changed = services.change_own(
                actor=request.actor,
                entity=FactOf.ORGANIZATION,
                row_id=organization_id,
                values=form.said(),
            )
        if done.worked:
            if changed.at_once or not changed.waiting:
                messages.success(request, _("You changed %(name)s.") % {"name": found.name})
            if changed.waiting:
                words = _("The network's staff look at this before everybody reads it: %(fields)s.")
                messages.info(request, words % {"fields": field_names(changed.waiting)})
            return redirect("listing_organization", organization_id)
    context = {
        "form": form,
        "organization": found,
        "changes": [change(each) for each in own_proposals(organization_id)],
    }
    return render(request, "web/partner/organization.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.EDIT_LISTING)
def proposal_withdraw(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Take a change back before anybody looked at it."""
    with attempt() as done:
        page = services.withdraw_proposal(actor=request.actor, proposal_id=proposal_id)
    if not done.worked:
        messages.error(request, done.refusal)
        return redirect("listing")
    messages.success(request, _("You took the change back."))
    return redirect(page)
