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
from waypost.directory.choices import NOT_OFFERED, ConfirmedHow
from waypost.directory.selectors import (
    listed_organizations,
    listings,
    own_organizations,
    own_places,
    own_proposals,
    own_service_page,
    services_of_participant,
)
from waypost.kernel.actors import Actor
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.hours_words import hours_table
from waypost.web.partner.forms_listing import ListingForm
from waypost.web.partner.our_hours import differ
from waypost.web.partner.our_places import place_words
from waypost.web.partner.reach_words import own_reach
from waypost.web.presenting import Tag
from waypost.web.service_words import capacity_tag, confirmed_words, open_tag
from waypost.web.upkeep.field_words import field_names
from waypost.web.upkeep.reviews import change
from waypost.web.upkeep.sureness import sureness


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
    context = {
        "rows": rows,
        "organizations": own_organizations(request.actor.organization),
        "places": [
            (each, place_words(each)) for each in own_places(request.actor.organization) if not each.nowhere
        ],
    }
    return render(request, "web/partner/listing.html", context)


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
            changed = _change(request.actor, page, form)
        if done.worked:
            _say(request, page.listing.service_name, changed)
            return redirect("listing_service", service_id)
    return _form_page(request, form, page)


def _change(actor: Actor, page: ServicePage, form: ListingForm) -> services.Changed:
    """What was changed in the form, each field by itself; looking through it all confirms the listing.

    Not while a change waits: then the listing still says what its keeper found wrong.
    """
    service_id = page.listing.id
    changed = services.change_own_service(actor=actor, service_id=service_id, values=form.said())
    if "need_categories" in form.changed_data:
        chosen = tuple(form.cleaned_data["need_categories"])
        services.set_own_needs(actor=actor, service_id=service_id, need_categories=chosen)
    if "how_to_reach" in form.changed_data:
        services.set_how_to_reach(
            actor=actor,
            service_id=service_id,
            how=form.cleaned_data["how_to_reach"],
            referrals_a_week=page.listing.referrals_a_week,
            referral_words=page.listing.referral_words,
        )
    if not changed.waiting:
        services.confirm_listing(actor=actor, service_id=service_id, how=ConfirmedHow.WEB)
    return changed


def _say(request: StaffRequest, name: str, changed: services.Changed) -> None:
    if changed.at_once or not changed.waiting:
        messages.success(request, _("You changed %(name)s.") % {"name": name})
    if changed.waiting:
        words = _("The network's staff look at this before everybody reads it: %(fields)s.")
        messages.info(request, words % {"fields": field_names(changed.waiting)})


@require_POST
@wants(Action.EDIT_LISTING)
def listing_retire(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Not offered any more, or offered again."""
    card, again = _own(request.actor, service_id).listing, request.POST.get("offered") == "yes"
    services.retire_service(actor=request.actor, service_id=service_id, offered=again)
    words = _("%(name)s is offered again.") if again else _("%(name)s is not offered any more.")
    messages.success(request, words % {"name": card.service_name})
    return redirect("listing_service", service_id)


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
    return own_service_page(service_id, actor.organization)


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
        "table": hours_table(page.listing.hours) if page else None,
        "differ": bool(page and differ(page.listing)),
        "confirmed": confirmed_words(page.listing) if page else "",
        "capacity": capacity_tag(page.listing) if page else None,
        "changes": [change(each) for each in own_proposals(page.listing.id)] if page else [],
        "sure": sureness(page.listing.id, request.actor) if page else None,
        "gone": bool(page and page.listing.status in NOT_OFFERED),
        "reach": own_reach(page.listing.how_to_reach) if page else "",
    }
    return render(request, "web/partner/listing_form.html", context, status=REFUSED if form.errors else 200)
