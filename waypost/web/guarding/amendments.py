"""Requests to correct a record: taken in by a worker, answered by whoever guards privacy."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.disclosure.selectors import disclosures
from waypost.guarding import machine
from waypost.guarding.cards import AmendmentCard
from waypost.guarding.selectors import amendments as selectors
from waypost.guarding.services import amendments as services
from waypost.guarding.words import amendment_status
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.network.roles import Action, may
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.guarding.forms_amendments import AcceptForm, AmendmentForm, DenyForm
from waypost.web.guarding.forms_copies import WordsForm, came_too_late
from waypost.web.paging import number_of, paged
from waypost.web.presenting import Tag
from waypost.web.staff.people import own_person

FORMS: dict[str, type[forms.Form]] = {"accept": AcceptForm, "deny": DenyForm}


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_PEOPLE, Action.GUARD_PRIVACY)
def amendment_new(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A person says that something in the record is wrong."""
    card = own_person(request, person_id)
    form = AmendmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with attempt(form) as done:
            made = services.take_in_amendment(actor=request.actor, person_id=person_id, **form.cleaned_data)
        if done.worked:
            messages.success(request, _("You took in the request. There are 60 days to answer it."))
            guards = may(request.actor.role, Action.GUARD_PRIVACY)
            return redirect("amendment", made) if guards else redirect("person", person_id=person_id)
    status = REFUSED if form.is_bound else 200
    return render(request, "web/guarding/amendment_new.html", {"form": form, "person": card}, status=status)


@require_GET
@wants(Action.GUARD_PRIVACY)
def amendment_list(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, soonest due first."""
    show = "all" if request.GET.get("show") == "all" else ""

    def read(number: int) -> tuple[list[AmendmentCard], int]:
        return selectors.amendments(request.actor, show=show, page=number)

    page = paged(read, number_of(request), size=selectors.PAGE)
    rows = [(each, Tag(*amendment_status(each.status, late=each.late))) for each in page.object_list]
    return render(request, "web/guarding/amendments.html", {"page": page, "rows": rows, "show": show})


@require_http_methods(["GET", "POST"])
@wants(Action.GUARD_PRIVACY)
def amendment(request: StaffRequest, amendment_id: UUID) -> HttpResponse:
    """One request; each answer has its own small form, chosen by ``do``."""
    card = selectors.amendment(request.actor, amendment_id)
    moves = _moves(card)
    asked = request.POST.get("do", "") or request.GET.get("do", "")
    do = asked if asked in moves else next(iter(moves), "")
    form = FORMS.get(do, WordsForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked != do:
        messages.error(request, came_too_late())
    elif form.is_valid():
        with attempt(form) as done:
            MOVES[do](request.actor, amendment_id, form.cleaned_data)
        if done.worked:
            messages.success(request, _("It is written down. Tell the person in writing."))
            return redirect("amendment", amendment_id)
    context: dict[str, Any] = {
        "card": card,
        "tag": Tag(*amendment_status(card.status, late=card.late)),
        "form": form,
        "do": do,
        "moves": list(moves.items()),
        "told_before": sorted({each.recipient_name for each in disclosures(request.actor, card.person_id)}),
    }
    return render(request, "web/guarding/amendment.html", context, status=REFUSED if form.is_bound else 200)


def _moves(card: AmendmentCard) -> dict[str, str]:
    labels = {
        "accept": _("Correct it"),
        "deny": _("Deny it"),
        "disagree": _("Add what the person says"),
        "rebut": _("Add what we say to that"),
    }
    found = {each.name: labels[each.name] for each in machine.AMENDMENT.moves(card.status, machine.OFFICER)}
    if card.status == machine.ASKED and not card.extended_on and today() <= card.due_on:
        found["extend"] = _("We need 30 more days")
    return found


Move = Callable[[Actor, UUID, dict[str, Any]], None]


def _accept(actor: Actor, amendment_id: UUID, typed: dict[str, Any]) -> None:
    services.accept(actor=actor, amendment_id=amendment_id, words=typed["words"], told=typed["told"])


def _deny(actor: Actor, amendment_id: UUID, typed: dict[str, Any]) -> None:
    services.deny(actor=actor, amendment_id=amendment_id, reason=typed["reason"], words=typed["words"])


def _words(service: Callable[..., None]) -> Move:
    def move(actor: Actor, amendment_id: UUID, typed: dict[str, Any]) -> None:
        service(actor=actor, amendment_id=amendment_id, words=typed["words"])

    return move


MOVES: dict[str, Move] = {
    "accept": _accept,
    "deny": _deny,
    "disagree": _words(services.disagree),
    "rebut": _words(services.rebut),
    "extend": _words(services.extend_amendment),
}
