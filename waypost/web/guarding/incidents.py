"""Privacy incidents: reported by anybody, then tracked by whoever guards privacy."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.guarding.cards import IncidentCard
from waypost.guarding.selectors import incidents as selectors
from waypost.guarding.services import incidents as services
from waypost.guarding.words import incident_status, step_name
from waypost.kernel.actors import Actor
from waypost.network.roles import Action, Role, may
from waypost.network.selectors import members, organization
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.guarding.forms_copies import WordsForm, came_too_late
from waypost.web.guarding.forms_incidents import AssessForm, IncidentForm, ToldForm
from waypost.web.paging import number_of, paged
from waypost.web.presenting import Tag

GUARDS = (Action.GUARD_PRIVACY, Action.SET_UP_NETWORK)
FORMS: dict[str, type[forms.Form]] = {"assess": AssessForm, "tell": ToldForm}


@require_http_methods(["GET", "POST"])
@wants(Action.REPORT_INCIDENT)
def incident_new(request: StaffRequest) -> HttpResponse:
    """Say that something may have been seen or told that should not."""
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        with attempt(form) as done:
            made = services.report_incident(
                actor=request.actor,
                words=typed["words"],
                source=typed["source"],
                happened_on=typed["happened_on"],
            )
        if done.worked:
            messages.success(request, _("Thank you. Whoever guards privacy here was told at once."))
            guards = any(may(request.actor.role, each) for each in GUARDS)
            return redirect("incident", incident_id=made) if guards else redirect("/home/")
    context = {"form": form, **officers(request.actor)}
    return render(
        request, "web/guarding/incident_new.html", context, status=REFUSED if form.is_bound else 200
    )


@require_GET
@wants(*GUARDS)
def incident_list(request: StaffRequest) -> HttpResponse:
    """Open ones, the soonest due first."""
    show = "all" if request.GET.get("show") == "all" else ""

    def read(number: int) -> tuple[list[IncidentCard], int]:
        return selectors.incidents(request.actor, show=show, page=number)

    page = paged(read, number_of(request), size=selectors.PAGE)
    rows = [(each, Tag(*incident_status(each.status, late=each.late))) for each in page.object_list]
    return render(request, "web/guarding/incidents.html", {"page": page, "rows": rows, "show": show})


@require_http_methods(["GET", "POST"])
@wants(*GUARDS)
def incident(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """One incident; each move has its own small form, chosen by ``do``."""
    card = selectors.incident(request.actor, incident_id)
    asked = request.POST.get("do", "") or request.GET.get("do", "")
    do = asked if asked in card.moves else (card.moves[0] if card.moves else "")
    form = FORMS.get(do, WordsForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked != do:
        messages.error(request, came_too_late())
    elif form.is_valid():
        with attempt(form) as done:
            MOVES[do](request.actor, incident_id, form)
        if done.worked:
            messages.success(request, _("It is written down."))
            return redirect("incident", incident_id=incident_id)
    context: dict[str, Any] = {
        "card": card,
        "tag": Tag(*incident_status(card.status, late=card.late)),
        "form": form,
        "do": do,
        "moves": [(name, move_label(name)) for name in card.moves],
        "steps": [(each, step_name(each.name)) for each in card.steps],
    }
    return render(request, "web/guarding/incident.html", context, status=REFUSED if form.is_bound else 200)


def move_label(name: str) -> str:
    """A move as a button."""
    return {
        "look_into": _("Take it up"),
        "assess": _("Weigh the risk"),
        "tell": _("People were told"),
        "close": _("Close it"),
        "reopen": _("Open it again"),
        "take": _("I have it in hand"),
    }[name]


def officers(actor: Actor) -> dict[str, Any]:
    """Whom to call here: the privacy officers, or else the supervisors, by the organization's phone."""
    found = members(actor.organization, roles=[Role.PRIVACY_OFFICER])
    found = found or members(actor.organization, roles=[Role.SUPERVISOR, Role.INTEGRATOR])
    return {"officers": [each.user_name for each in found], "phone": organization(actor.organization).phone}


Move = Callable[[Actor, UUID, Any], None]


def _words(service: Callable[..., None]) -> Move:
    def move(actor: Actor, incident_id: UUID, form: Any) -> None:
        service(actor=actor, incident_id=incident_id, words=form.cleaned_data["words"])

    return move


def _assess(actor: Actor, incident_id: UUID, form: Any) -> None:
    services.assess(actor=actor, incident_id=incident_id, factors=form.factors())


def _tell(actor: Actor, incident_id: UUID, form: Any) -> None:
    services.tell(actor=actor, incident_id=incident_id, **form.cleaned_data)


MOVES: dict[str, Move] = {
    "look_into": _words(services.look_into),
    "assess": _assess,
    "tell": _tell,
    "close": _words(services.close),
    "reopen": _words(services.reopen),
}
