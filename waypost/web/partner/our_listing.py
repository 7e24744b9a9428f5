"""Our listing: what an organization says of its own services."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.directory import services
from waypost.directory.cards import ListingCard, ServicePage
from waypost.directory.choices import ConfirmedHow, HowToReach
from waypost.directory.selectors import listed_organizations, listings, service_page, services_of_participant
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.hours_words import hours_table
from waypost.web.partner.forms_listing import ListingForm
from waypost.web.presenting import Tag
from waypost.web.service_words import capacity_tag, confirmed_words, open_tag


@dataclass(frozen=True, slots=True)
class OwnService:
    """A row of the list."""

    listing: ListingCard
    open: Tag
    capacity: Tag | None
    confirmed: str


@require_GET
@wants(Action.EDIT_LISTING)
def listing(request: StaffRequest) -> HttpResponse:
    """One's own services, with when each was last made sure of."""
    own = services_of_participant(request.actor.organization)
    cards = listings([service_id for service_id, _name in own])
    rows = [
        OwnService(card, open_tag(card), capacity_tag(card), confirmed_words(card))
        for card in (cards[service_id] for service_id, _name in own)
    ]
    return render(request, "web/partner/listing.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_LISTING)
def listing_new(request: StaffRequest) -> HttpResponse:
    """Add a service; the first one brings the organization into the directory."""
    form = ListingForm(request.POST) if request.method == "POST" else ListingForm()
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            made = services.create_service(organization_id=_listed(request.actor), entry=form.entry())
            services.confirm_listing(actor=request.actor, service_id=made, how=ConfirmedHow.WEB)
        if done.worked:
            messages.success(request, _("You added %(name)s.") % {"name": form.cleaned_data["name"]})
            return redirect("listing_service", made)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_LISTING)
def listing_service(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Change a service of one's own."""
    page = _own(request.actor, service_id)
    form = ListingForm(request.POST, page=page) if request.method == "POST" else ListingForm(page=page)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.update_listing(actor=request.actor, service_id=service_id, entry=form.entry())
            services.confirm_listing(actor=request.actor, service_id=service_id, how=ConfirmedHow.WEB)
        if done.worked:
            messages.success(request, _("You changed %(name)s.") % {"name": form.cleaned_data["name"]})
            return redirect("listing_service", service_id)
    return _form_page(request, form, page)


@require_POST
@wants(Action.EDIT_LISTING)
def listing_confirm(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """All correct today."""
    card = _own(request.actor, service_id).listing
    services.confirm_listing(actor=request.actor, service_id=service_id, how=ConfirmedHow.WEB)
    messages.success(request, _("You confirmed that %(name)s is right.") % {"name": card.service_name})
    return redirect("listing")


def _own(actor: Actor, service_id: UUID) -> ServicePage:
    """The service; raises NotVisible where another organization, or nobody, looks after it."""
    page = service_page(service_id, for_keeper=True)
    if page.listing.claimed_by != actor.organization:
        raise NotVisible
    return page


def _listed(actor: Actor) -> UUID:
    """The organization's own entry in the directory; made when there is none yet."""
    known = listed_organizations(actor.organization)
    if known:
        return known[0][0]
    return services.create_organization(name=actor.organization_name, claimed_by=actor.organization)


def _form_page(request: StaffRequest, form: ListingForm, page: ServicePage | None) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "kept_hours": hours_table(form.kept_hours),
        "confirmed": confirmed_words(page.listing) if page else "",
        "capacity": capacity_tag(page.listing) if page else None,
        "reach": str(HowToReach(page.listing.how_to_reach).label) if page else "",
    }
    return render(request, "web/partner/listing_form.html", context, status=REFUSED if form.errors else 200)
