"""When a service is open, as its keeper says it: everywhere, or at one of its places."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.directory import services
from waypost.directory.cards import ListingCard, PlaceCard
from waypost.directory.choices import ConfirmedHow
from waypost.directory.rules import Hours
from waypost.directory.selectors import own_service_page
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.hours_words import HoursTable, hours_table, line_words
from waypost.web.partner.forms_hours import HoursForms, with_one_more
from waypost.web.partner.hours_lines import lines_of
from waypost.web.service_words import place_words

LINES = ("week", "special")


@dataclass(frozen=True, slots=True)
class AtPlace:
    """One of several places, with its own hours where it has any, and where these are changed."""

    words: str
    table: HoursTable | None
    href: str


@dataclass(frozen=True, slots=True)
class HoursPage:
    """What the page is about. ``save`` writes the lines; ``place``: '' where they hold everywhere."""

    card: ListingCard
    hours: tuple[Hours, ...]
    save: Callable[[tuple[Hours, ...]], None]
    href: str
    back: str
    place: str = ""
    places: tuple[AtPlace, ...] = ()
    how: forms.BoundField | None = None
    staff: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def hours(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Lines of a week, days that differ, words. "Add a line" keeps what was typed."""
    card = own_service_page(service_id, request.actor.organization).listing

    def save(lines: tuple[Hours, ...]) -> None:
        if differ(card) and not lines:
            raise Refused(_("Write hours that hold at every place, or change those of one place."))
        items = [services.hours_item(each) for each in lines]
        services.change_own_service(actor=request.actor, service_id=service_id, values={"schedules": items})

    places = places_with_hours(card, "listing_hours_at_place")
    return hours_page(
        request,
        HoursPage(
            card=card,
            hours=() if differ(card) else card.hours,
            save=save,
            href=reverse("listing_hours", args=[service_id]),
            back=reverse("listing_service", args=[service_id]),
            places=places,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def hours_at_place(request: StaffRequest, service_id: UUID, location_id: UUID) -> HttpResponse:
    """The same for one place."""
    card = own_service_page(service_id, request.actor.organization).listing
    return hours_page(request, page_of_place(request, card, location_id))


def page_of_place(
    request: StaffRequest,
    card: ListingCard,
    location_id: UUID,
    *,
    how: str = ConfirmedHow.WEB,
) -> HoursPage:
    """What the page of one place is about. Raises NotVisible where the service is not offered there."""
    place = next((each for each in changeable(card) if each.id == location_id), None)
    if place is None:
        raise NotVisible

    def save(lines: tuple[Hours, ...]) -> None:
        services.say_hours_at_place(
            actor=request.actor, service_id=card.id, location_id=location_id, hours=lines, how=how
        )

    return HoursPage(
        card=card,
        hours=place.hours if differ(card) else card.hours,
        save=save,
        href=reverse("listing_hours_at_place", args=[card.id, location_id]),
        back=reverse("listing_hours", args=[card.id]),
        place=place_words(place),
    )


def changeable(card: ListingCard) -> list[PlaceCard]:
    """The places of a service of which hours can be said: its own, and none that is kept private."""
    return [each for each in card.places if not each.confidential and not each.of_the_organization]


def differ(card: ListingCard) -> bool:
    """Whether a service has hours by place, and none that hold everywhere."""
    return any(each.hours for each in card.places)


def places_with_hours(card: ListingCard, name: str) -> tuple[AtPlace, ...]:
    """Where there are several places: each with its hours and the address of the page that changes them."""
    places = changeable(card)
    if len(places) + sum(each.confidential for each in card.places) < 2:  # noqa: PLR2004 - several
        return ()
    return tuple(
        AtPlace(
            place_words(each),
            hours_table(each.hours) if each.hours else None,
            reverse(name, args=[card.id, each.id]),
        )
        for each in places
    )


def hours_page(request: StaffRequest, about: HoursPage) -> HttpResponse:
    """The form, or what came of it."""
    card, lines = about.card, lines_of(about.hours)
    more = request.POST.get("more", "")
    data = request.POST if request.method == "POST" else None
    if data is not None and more in LINES:
        data = with_one_more(data, more)
    form = HoursForms(lines, [line_words(each) for each in lines.others], data, ours=not about.staff)
    refusal = ""
    if data is not None and more in LINES:
        form.forget_problems()
    elif data is not None and form.is_valid():
        found = form.hours()
        with attempt() as done:
            about.save(found)
        if done.worked:
            messages.success(request, _said(about, found))
            return redirect(about.href)
        refusal = done.refusal
    context = {
        "card": card,
        "about": about,
        "form": form,
        "table": hours_table(about.hours),
        "differ": differ(card),
        "refusal": refusal,
        "added": more if more in LINES else "",
    }
    status = REFUSED if refusal or (data is not None and not more and form.errors) else 200
    return render(request, "web/partner/hours.html", context, status=status)


def _said(about: HoursPage, found: tuple[Hours, ...]) -> str:
    facts = {"name": about.card.service_name, "place": about.place}
    if about.place:
        words = (
            _("You changed the hours of %(name)s at %(place)s.")
            if found
            else _("The hours of %(name)s at %(place)s are listed as not known.")
        )
    elif found:
        words = _("You changed the hours of %(name)s.")
    else:
        words = _("The hours of %(name)s are listed as not known.")
    return words % facts
