"""Participants: let in, change, give sites and teams."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory.selectors import NewcomerCard, newcomer, newcomer_offer
from waypost.network import services
from waypost.network.roles import Action, may
from waypost.network.selectors import kind_name, members, organization, sites, teams
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.setup.forms import NameForm, OrganizationForm


@require_http_methods(["GET", "POST"])
@wants(Action.SET_UP_NETWORK)
def new(request: StaffRequest) -> HttpResponse:
    """A new participant; next its first supervisor is invited.

    Opened from somebody's request to keep a listing (``newcomer``), it begins with what the listing says
    and leads back to that request.
    """
    asks = _asks(request)
    form = OrganizationForm(
        request.POST if request.method == "POST" else None,
        new=True,
        initial=_listed(asks) if asks else {},
    )
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            made = services.let_in(actor=request.actor, **form.cleaned_data)
        if tried.worked and asks:
            said = _("%(name)s takes part now, and is chosen below. Hand the listing over next.")
            messages.success(request, said % form.cleaned_data)
            back = reverse("upkeep_newcomer", args=[asks.id])
            return redirect(f"{back}?{urlencode({'participant': made})}")
        if tried.worked:
            messages.success(
                request, _("%(name)s takes part now. Invite its first supervisor.") % form.cleaned_data
            )
            return redirect("set_up_organization", organization_id=made)
    context = {"form": form, "whose": None, "asks": asks}
    return render(request, "web/setup/organization.html", context, status=REFUSED if form.errors else 200)


def _asks(request: StaffRequest) -> NewcomerCard | None:
    """The request to keep a listing from which this page was opened."""
    given = request.POST.get("newcomer") or request.GET.get("newcomer") or ""
    if not given or not may(request.actor.role, Action.KEEP_DIRECTORY):
        return None
    try:
        return newcomer(UUID(given))
    except ValueError:
        raise Http404 from None


def _listed(asks: NewcomerCard) -> dict[str, str]:
    return {"name": asks.organization_name, "phone": newcomer_offer(asks.organization_id).phone}


@require_http_methods(["GET", "POST"])
@wants(Action.SET_UP_NETWORK)
def edit(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """Everything about a participant."""
    whose = organization(organization_id)
    given = {
        name: getattr(whose, name)
        for name in ("name", "legal_status", "person_word", "phone", "notice_email")
    }
    form = OrganizationForm(request.POST if request.method == "POST" else None, initial=given, new=False)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            services.edit_organization(actor=request.actor, organization_id=whose.id, **form.cleaned_data)
        if tried.worked:
            messages.success(request, _("Saved."))
            return redirect("set_up_organization", organization_id=whose.id)
    context = {
        "form": form,
        "whose": whose,
        "kind": kind_name(whose.kind),
        "sites": sites(whose.id),
        "teams": teams(whose.id),
        "members": members(whose.id),
    }
    return render(request, "web/setup/organization.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.SET_UP_NETWORK)
def site(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """A place where it works."""
    return _named(request, organization_id, services.new_site, _("The site is added."))


@require_POST
@wants(Action.SET_UP_NETWORK)
def team(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """A team."""
    return _named(request, organization_id, services.new_team, _("The team is added."))


def _named(
    request: StaffRequest, organization_id: UUID, make: Callable[..., UUID], done: str
) -> HttpResponse:
    form = NameForm(request.POST)
    whose = organization(organization_id)
    refusal = "" if form.is_valid() else form.trouble()
    if not refusal:
        with attempt() as tried:
            make(actor=request.actor, organization_id=whose.id, name=form.cleaned_data["name"])
        refusal = tried.refusal
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, done)
    return redirect("set_up_organization", organization_id=whose.id)
