"""Places of an organization: where they are, whether anybody may read that, and what is offered there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory import services
from waypost.directory.choices import PRIVATE, FactOf
from waypost.directory.selectors import (
    OwnPlace,
    own_organization,
    own_place,
    own_proposals,
    places_to_choose,
    service_page,
)
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.partner.forms_places import NOWHERE, NewPlaceForm, PlaceForm, WhereForm
from waypost.web.upkeep.field_words import field_names, value_words
from waypost.web.upkeep.reviews import change


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def place_new(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """Add a place."""
    owner = own_organization(request.actor.organization, organization_id)
    form = NewPlaceForm(request.POST if request.method == "POST" else None, choices=owner.services)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            made, changed = services.add_place(
                actor=request.actor,
                organization_id=organization_id,
                place=form.entry(),
                service_ids=[UUID(each) for each in form.cleaned_data["services"]],
                zone=form.cleaned_data["time_zone"],
            )
            more = services.change_own(
                actor=request.actor,
                entity=FactOf.LOCATION,
                row_id=made,
                values={"phones": form.phones()},
            )
        if done.worked:
            messages.success(request, _("The place is added."))
            _say_waiting(request, (*changed.waiting, *more.waiting))
            return redirect("listing_place", made)
    context = {"form": form, "owner": owner, "place": None}
    return render(request, "web/partner/place.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def place(request: StaffRequest, location_id: UUID) -> HttpResponse:
    """One place, as its keeper reads and changes it."""
    found = _own(request, location_id)
    form = PlaceForm(request.POST if request.method == "POST" else None, place=found)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            changed = services.change_own(
                actor=request.actor, entity=FactOf.LOCATION, row_id=found.id, values=form.said()
            )
            services.set_time_zone(
                actor=request.actor, location_id=found.id, zone=form.cleaned_data["time_zone"]
            )
        if done.worked:
            if changed.at_once or not changed.waiting:
                messages.success(request, _("The place is changed."))
            _say_waiting(request, changed.waiting)
            return redirect("listing_place", location_id)
    waiting = own_proposals(location_id)
    context = {
        "form": form,
        "place": found,
        "title": place_words(found),
        "owner": own_organization(request.actor.organization, found.organization_id),
        "changes": [change(each) for each in waiting],
        "asked_to_show": any(each.field == PRIVATE and each.status == "waiting" for each in waiting),
    }
    return render(request, "web/partner/place.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.EDIT_LISTING)
def place_private(request: StaffRequest, location_id: UUID) -> HttpResponse:
    """Private at once; shown again only when the network's staff agree."""
    found = _own(request, location_id)
    if request.POST.get("private") == "yes":
        services.keep_private(actor=request.actor, location_id=found.id)
        messages.success(request, _("The address is private now: no page, map or export tells it."))
        return redirect("listing_place", location_id)
    with attempt() as done:
        services.ask_to_show(actor=request.actor, location_id=found.id)
    if done.worked:
        messages.info(request, _("The address stays private until the network's staff have looked."))
    else:
        messages.error(request, done.refusal)
    return redirect("listing_place", location_id)


@require_POST
@wants(Action.EDIT_LISTING)
def place_end(request: StaffRequest, location_id: UUID, service_id: UUID) -> HttpResponse:
    """A service is not offered at this place any more."""
    found = _own(request, location_id)
    name = dict(found.services).get(service_id)
    if name is None:
        raise NotVisible
    services.end_at_place(actor=request.actor, service_id=service_id, location_id=location_id)
    said = {"name": name}
    if places_to_choose(request.actor.organization, service_id)[1] & _ids(request, service_id):
        messages.success(request, _("%(name)s is not offered here any more.") % said)
    else:
        messages.success(
            request, _("%(name)s is not offered here any more. It is listed without a place now.") % said
        )
    return redirect("listing_place", location_id)


@require_POST
@wants(Action.EDIT_LISTING)
def place_remove(request: StaffRequest, location_id: UUID) -> HttpResponse:
    """Delete a place at which nothing is offered."""
    found = _own(request, location_id)
    with attempt() as done:
        services.remove_place(actor=request.actor, location_id=found.id)
    if not done.worked:
        messages.error(request, done.refusal)
        return redirect("listing_place", location_id)
    messages.success(request, _("You deleted this place: %(place)s.") % {"place": place_words(found)})
    return redirect("listing")


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def where(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """At which places a service is offered."""
    places, there = places_to_choose(request.actor.organization, service_id)
    card = service_page(service_id, for_keeper=True).listing
    chosen = [str(each.id) for each in places if each.id in there] or [NOWHERE]
    form = WhereForm(
        request.POST if request.method == "POST" else None,
        choices=[(str(each.id), place_words(each)) for each in places],
        initial={"places": chosen},
    )
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.set_places(actor=request.actor, service_id=service_id, location_ids=form.ids())
        if done.worked:
            messages.success(request, _("You changed where %(name)s is.") % {"name": card.service_name})
            return redirect("listing_service", service_id)
    context = {"form": form, "card": card}
    return render(request, "web/partner/where.html", context, status=REFUSED if form.errors else 200)


def place_words(place: OwnPlace) -> str:
    """How its keeper knows a place again."""
    address = value_words("addresses", place.values)
    return ", ".join(each for each in (place.name, address) if each) or _("A place without an address")


def _say_waiting(request: StaffRequest, fields: tuple[str, ...]) -> None:
    if fields:
        words = _("The network's staff look at this before everybody reads it: %(fields)s.")
        messages.info(request, words % {"fields": field_names(fields)})


def _ids(request: StaffRequest, service_id: UUID) -> set[UUID]:
    return {each.id for each in places_to_choose(request.actor.organization, service_id)[0]}


def _own(request: StaffRequest, location_id: UUID) -> OwnPlace:
    return own_place(request.actor.organization, location_id)
