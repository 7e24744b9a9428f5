"""All hours of a listing, for whoever checks it and may change it: everywhere, or at one place."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from waypost.directory import services
from waypost.directory.cards import ListingCard
from waypost.directory.choices import ConfirmedHow
from waypost.directory.rules import Hours
from waypost.directory.selectors import is_kept_by_another, listing_for_referral
from waypost.directory.services import may_change
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may
from waypost.web.access import StaffRequest, wants
from waypost.web.partner.our_hours import HoursPage, differ, hours_page, page_of_place, places_with_hours


class HowForm(forms.Form):
    """How somebody knows."""

    how = forms.ChoiceField(
        label=_("How do you know?"),
        choices=[
            (ConfirmedHow.PHONE.value, _("By phone")),
            (ConfirmedHow.VISIT.value, _("I am there")),
            (ConfirmedHow.WEB.value, _("On their website")),
        ],
        initial=ConfirmedHow.PHONE.value,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.CHECK_LISTING)
def hours(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Hours that hold at every place."""
    card = _card(request, service_id)
    form = _how(request)

    def save(lines: tuple[Hours, ...]) -> None:
        services.say_hours_everywhere(actor=request.actor, service_id=card.id, hours=lines, how=_said(form))

    return hours_page(
        request,
        HoursPage(
            card=card,
            hours=() if differ(card) else card.hours,
            save=save,
            href=reverse("upkeep_hours", args=[card.id]),
            back=reverse("upkeep_check", args=[card.id]),
            places=places_with_hours(card, "upkeep_hours_at_place"),
            how=form["how"],
            staff=True,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.CHECK_LISTING)
def hours_at_place(request: StaffRequest, service_id: UUID, location_id: UUID) -> HttpResponse:
    """Hours at one of its places."""
    card = _card(request, service_id)
    form = _how(request)
    about = page_of_place(request, card, location_id, how=_said(form))
    return hours_page(
        request,
        replace(
            about,
            href=reverse("upkeep_hours_at_place", args=[card.id, location_id]),
            back=reverse("upkeep_check", args=[card.id]),
            how=form["how"],
            staff=True,
        ),
    )


def _how(request: StaffRequest) -> HowForm:
    return HowForm(request.POST if request.method == "POST" and "how" in request.POST else None)


def _said(form: HowForm) -> str:
    return str(form.cleaned_data["how"]) if form.is_bound and form.is_valid() else ConfirmedHow.PHONE.value


def _card(request: StaffRequest, service_id: UUID) -> ListingCard:
    """The listing, for whoever may change it; a victim service's hours are told to nobody.

    Nothing of it is read before it is known that it is not another organization's.
    """
    network = may(request.actor.role, Action.SEE_NETWORK)
    if not network and is_kept_by_another(service_id, request.actor.organization):
        raise NotVisible
    card = listing_for_referral(service_id)
    if card.is_victim_service or not may_change(actor=request.actor, claimed_by=card.claimed_by):
        raise NotVisible
    return card
