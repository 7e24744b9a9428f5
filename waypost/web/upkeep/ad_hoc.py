"""Adding a listing for a while: who, what, until when; two minutes."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from waypost.directory import services
from waypost.directory.choices import ConfirmedHow, HowToReach
from waypost.directory.selectors import ad_hoc_listing, ad_hoc_listings, need_categories
from waypost.directory.services import PhoneEntry, ServiceEntry
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.presenting import day
from waypost.web.service_words import web_address
from waypost.web.upkeep.tabs import tabs


class AdHocForm(forms.Form):
    """What one needs to know of something that is offered for a while."""

    organization_name = forms.CharField(label=gettext_lazy("Who offers it?"), max_length=200)
    name = forms.CharField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("For example: waiting list for Elm Court apartments is open."),
        max_length=200,
    )
    need_categories = forms.ChoiceField(label=gettext_lazy("What it helps with"))
    expires_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("After this day it leaves the directory by itself."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How do you know?"),
        choices=[
            (ConfirmedHow.WEB.value, gettext_lazy("Read it (web, e-mail, news)")),
            (ConfirmedHow.PHONE.value, gettext_lazy("Heard it on the phone")),
            (ConfirmedHow.VISIT.value, gettext_lazy("Was there")),
        ],
        widget=forms.RadioSelect,
    )
    description = forms.CharField(
        label=gettext_lazy("Good to know"),
        help_text=gettext_lazy("Who may come, how to apply, what to bring."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Website"),
        help_text=gettext_lazy("With https:// at the beginning."),
        required=False,
        max_length=500,
    )
    area = forms.CharField(
        label=gettext_lazy("Area"),
        help_text=gettext_lazy("ZIP codes, towns or counties, one a line."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need_categories"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose one")),
            *((each.code, each.name) for each in need_categories()[1:]),
        ]

    def clean_website(self) -> str:
        """An address that can be a link."""
        given: str = self.cleaned_data["website"]
        if given and not web_address(given):
            raise forms.ValidationError(_("Write the whole address, such as https://example.org."))
        return given

    def entry(self) -> ServiceEntry:
        """As a listing."""
        given = self.cleaned_data
        link = HowToReach.LINK if given["website"] and not given["phone"] else HowToReach.PHONE
        return ServiceEntry(
            name=given["name"],
            description=given["description"],
            url=given["website"],
            need_categories=(given["need_categories"],),
            how_to_reach=link,
            phones=(PhoneEntry(given["phone"]),) if given["phone"].strip() else (),
            areas=tuple(line.strip() for line in given["area"].splitlines() if line.strip()),
        )


@require_http_methods(["GET", "POST"])
@wants(Action.CHECK_LISTING)
def ad_hoc(request: StaffRequest) -> HttpResponse:
    """One form, then the listing itself; beside it what is shown for a while, and what is over."""
    first = {"how": ConfirmedHow.WEB.value}
    form = AdHocForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as done:
            made = services.add_ad_hoc(
                actor=request.actor,
                entry=form.entry(),
                expires_on=given["expires_on"],
                how=given["how"],
                organization_name=given["organization_name"],
            )
        if done.worked:
            facts = {"name": given["name"], "day": day(given["expires_on"])}
            messages.success(request, _("%(name)s is listed up to %(day)s.") % facts)
            return redirect("service", made)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_due"),
        "form": form,
        "shown": ad_hoc_listings(),
        "over": ad_hoc_listings(over=True)[:10],
    }
    return render(request, "web/upkeep/ad_hoc.html", context, status=REFUSED if form.errors else 200)


class LongerForm(forms.Form):
    """Another last day."""

    expires_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@require_http_methods(["GET", "POST"])
@wants(Action.CHECK_LISTING)
def longer(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Show it longer, shorter, or once more."""
    listing = ad_hoc_listing(request.actor, service_id)
    form = LongerForm(
        request.POST if request.method == "POST" else None, initial={"expires_on": listing.expires_on}
    )
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["expires_on"]
        with attempt(form) as done:
            services.extend_ad_hoc(actor=request.actor, service_id=service_id, expires_on=last)
        if done.worked:
            facts = {"name": listing.name, "day": day(last)}
            messages.success(request, _("%(name)s is listed up to %(day)s.") % facts)
            return redirect("upkeep_ad_hoc")
    context = {"form": form, "listing": listing}
    return render(request, "web/upkeep/longer.html", context, status=REFUSED if form.errors else 200)
