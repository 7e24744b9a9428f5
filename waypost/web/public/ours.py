"""Is this your organization? The way to keep a listing oneself, for members and for strangers."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from waypost.directory.cards import ListingCard
from waypost.directory.claim_links import read_newcomer_link
from waypost.directory.selectors import newcomer_offer, service_page
from waypost.directory.services import NewcomerEntry, ask_as_newcomer, prove_newcomer
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations
from waypost.web.access import open_directory
from waypost.web.attempts import REFUSED, attempt

SAID = {
    "email": gettext_lazy(
        "A link is on its way to your e-mail. Open it within two days and press the button."
    ),
    "phone": gettext_lazy("The network's staff will call the number in the listing and ask for you."),
    "review": gettext_lazy("The network's staff look at it and answer you."),
}


class NewcomerForm(forms.Form):
    """Who asks, and how the staff can be sure. ``website`` is left empty by humans, who do not see it."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.CharField(
        label=gettext_lazy("What you do there"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail at work"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone at work"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How can we be sure?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how we can be sure.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Anything that we should know"),
        help_text=gettext_lazy("Write nothing about the people you help."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = ways  # type: ignore[attr-defined]

    def entry(self) -> NewcomerEntry:
        """What was typed."""
        given = self.cleaned_data
        return NewcomerEntry(
            **{name: given[name] for name in ("name", "role", "email", "phone", "way", "words")}
        )


@open_directory
@require_http_methods(["GET", "HEAD", "POST"])
def ours(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Whoever may claim goes on to the claim; strangers ask here; other members read who can do it."""
    try:
        listing = service_page(service_id).listing
    except NotVisible as hidden:
        raise Http404 from hidden
    if listing.is_victim_service or listing.claimed_by is not None:
        return redirect("service", service_id)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and may(actor.role, Action.EDIT_LISTING):
        return redirect("claim_begin", listing.organization_id)
    staff = organizations(kind="integrator")
    form = None
    if actor is None and staff:
        form = NewcomerForm(request.POST if request.method == "POST" else None, ways=_ways(listing))
        if request.method == "POST" and form.is_valid():
            if form.cleaned_data["website"]:
                return redirect("service", service_id)
            with attempt(form) as done:
                ask_as_newcomer(
                    organization_id=listing.organization_id,
                    entry=form.entry(),
                    address=get_adapter(request).get_client_ip(request),
                )
            if done.worked:
                return redirect(
                    f"{reverse('service_ours', args=[service_id])}?asked={form.cleaned_data['way']}"
                )
    context = {
        "listing": listing,
        "member": actor is not None,
        "form": form,
        "asked": SAID.get(request.GET.get("asked", ""), ""),
        "email": settings.CONTACT_EMAIL,
        "staff": staff,
        "layout": "layout/base.html" if actor else "layout/public.html",
    }
    status = REFUSED if form is not None and form.errors else 200
    return render(request, "web/public/ours.html", context, status=status)


@open_directory
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """From the mailbox: opening shows what it is, the button proves it (mail scanners only open)."""
    context: dict[str, Any] = {"layout": "layout/public.html", "proved": False, "refusal": ""}
    try:
        with attempt() as done:
            read_newcomer_link(token)
            if request.method == "POST":
                prove_newcomer(token=token)
    except NotVisible as hidden:
        raise Http404 from hidden
    context |= {"proved": done.worked and request.method == "POST", "refusal": done.refusal}
    answer = render(
        request, "web/public/ours_link.html", context, status=REFUSED if context["refusal"] else 200
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _ways(listing: ListingCard) -> list[tuple[str, str]]:
    """What this listing offers as proof, and the staff's own look."""
    offered = newcomer_offer(listing.organization_id)
    ways = []
    if offered.domains:
        domains = ", ".join(f"@{each}" for each in offered.domains)
        words = _("By e-mail: we send a link to your address, which ends in %(domains)s")
        ways.append(("email", words % {"domains": domains}))
    if offered.phone:
        words = _("By phone: we call %(number)s, the number in the listing, and ask for you")
        ways.append(("phone", words % {"number": offered.phone}))
    ways.append(("review", _("Neither: say below why it is yours, and we look at it")))
    return ways
