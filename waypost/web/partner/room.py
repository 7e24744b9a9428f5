"""Room for new people, and how to be reached: said by the organization itself, in two taps on a phone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory import services
from waypost.directory.cards import ListingCard
from waypost.directory.choices import Capacity
from waypost.directory.selectors import own_service_page
from waypost.kernel.clock import today
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.partner.reach_words import OWN_REACH, own_reach
from waypost.web.service_words import capacity_tag, coming_words

FRIDAY = 4
SAID = (
    Capacity.ACCEPTING,
    Capacity.WAITLIST,
    Capacity.FULL,
    Capacity.NO_FUNDS,
    Capacity.PAUSED,
    Capacity.CLOSED,
)


@dataclass(frozen=True, slots=True)
class Quick:
    """A button: what is said, and up to when."""

    status: str
    until: str
    words: str


class RoomForm(forms.Form):
    """Any status, from a day, up to a day, with the places that are left."""

    status = forms.ChoiceField(
        label=gettext_lazy("Do you take new people?"),
        choices=[(each.value, each.label) for each in SAID],
        widget=forms.RadioSelect,
    )
    left = forms.IntegerField(
        label=gettext_lazy("How many places are left?"),
        help_text=gettext_lazy("Shown for today only, unless you say until when."),
        required=False,
        min_value=0,
        max_value=9999,
    )
    starts = forms.DateField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Leave empty for now."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Up to and with"),
        help_text=gettext_lazy("After this day it ends by itself. Leave empty until you say otherwise."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class ReachForm(forms.Form):
    """How people come, and whether referrals are wanted, how many and in which form."""

    how_to_reach = forms.ChoiceField(
        label=gettext_lazy("How should people come to you?"),
        choices=OWN_REACH,
        widget=forms.RadioSelect,
    )
    referrals_a_week = forms.IntegerField(
        label=gettext_lazy("How many electronic referrals can you answer in a week?"),
        help_text=gettext_lazy("Partners see this number. Leave empty if it does not matter."),
        required=False,
        min_value=0,
        max_value=9999,
    )
    referral_words = forms.CharField(
        label=gettext_lazy("In which form do you want them?"),
        help_text=gettext_lazy("For example: the address of your own system, or the paper you need."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def room(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """One button each for what is said most; anything else by a form below."""
    card = _own(request, service_id)
    form = RoomForm(request.POST) if request.method == "POST" else RoomForm(initial=_first(card))
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.set_capacity(actor=request.actor, service_id=service_id, **form.cleaned_data)
        if done.worked:
            messages.success(request, _said(_own(request, service_id), form.cleaned_data))
            return redirect("listing")
    context = {
        "card": card,
        "form": form,
        "tag": capacity_tag(card),
        "coming": coming_words(card),
        "quick": quick(today()),
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/partner/room.html", context, status=status)


@require_POST
@wants(Action.EDIT_LISTING)
def room_forget(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """What was to begin on a later day does not."""
    _own(request, service_id)
    services.forget_coming_status(actor=request.actor, service_id=service_id)
    messages.success(request, _("What was to come is taken back."))
    return redirect("listing_room", service_id)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def reach(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """How people and partners reach the service."""
    card = _own(request, service_id)
    first = {
        "how_to_reach": card.how_to_reach,
        "referrals_a_week": card.referrals_a_week,
        "referral_words": card.referral_words,
    }
    form = ReachForm(request.POST) if request.method == "POST" else ReachForm(initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as done:
            services.set_how_to_reach(
                actor=request.actor,
                service_id=service_id,
                how=given["how_to_reach"],
                referrals_a_week=given["referrals_a_week"],
                referral_words=given["referral_words"],
            )
        if done.worked:
            words = own_reach(given["how_to_reach"])
            messages.success(request, _("%(name)s: %(words)s.") % {"name": card.service_name, "words": words})
            return redirect("listing")
    context = {"card": card, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "web/partner/reach.html", context, status=status)


def quick(on: date) -> list[Quick]:
    """What is said most: with an end that comes by itself, or until somebody says otherwise."""
    friday = on + timedelta(days=(FRIDAY - on.weekday()) % 7 or 7)
    ends = [
        (Capacity.ACCEPTING, None, str(Capacity.ACCEPTING.label)),
        (Capacity.WAITLIST, None, str(Capacity.WAITLIST.label)),
        (Capacity.FULL, on, _("Full tonight")),
        (Capacity.FULL, friday, _("Full until Friday")),
        (Capacity.PAUSED, on + timedelta(days=7), _("Paused for a week")),
        (Capacity.NO_FUNDS, _month_end(on), _("Funds used up until the end of the month")),
    ]
    return [Quick(status.value, last.isoformat() if last else "", words) for status, last, words in ends]


def _month_end(on: date) -> date:
    next_month = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    return next_month - timedelta(days=1)


def _first(card: ListingCard) -> dict[str, Any]:
    known = card.capacity_status != Capacity.UNKNOWN
    return {
        "status": card.capacity_status if known else "",
        "left": card.capacity_left,
        "until": card.capacity_until,
    }


def _said(card: ListingCard, given: dict[str, Any]) -> str:
    if given["starts"] and given["starts"] > today():
        return _("%(name)s. %(words)s") % {"name": card.service_name, "words": coming_words(card)}
    tag = capacity_tag(card)
    return _("%(name)s: %(words)s.") % {"name": card.service_name, "words": tag.words if tag else ""}


def _own(request: StaffRequest, service_id: UUID) -> ListingCard:
    return own_service_page(service_id, request.actor.organization).listing
