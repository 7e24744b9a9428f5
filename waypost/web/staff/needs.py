"""Needs that somebody told us of, and how it stands with them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.network.roles import Action
from waypost.screening import selectors as screening
from waypost.screening import services
from waypost.screening.cards import NeedCard
from waypost.screening.categories import category_name
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.staff.forms.needs import NeedForm, NeedStatusForm
from waypost.web.staff.people import own_person


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_PEOPLE)
def need_new(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A need without a screening."""
    card = own_person(request, person_id)
    form = NeedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        with attempt(form) as done:
            services.add_need(
                actor=request.actor,
                person_id=person_id,
                category=typed["category"],
                words=typed["words"],
                wants_help=typed["wants_help"],
            )
        if done.worked:
            name = category_name(typed["category"])
            messages.success(request, _("You noted a need: %(need)s.") % {"need": name})
            return redirect("person", person_id=person_id)
    status = REFUSED if form.is_bound else 200
    return render(request, "web/staff/people/need_new.html", {"person": card, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_PEOPLE)
def need_status(request: StaffRequest, need_id: UUID) -> HttpResponse:
    """How it stands with a need: still there, met, no longer wanted, could not be met."""
    need = screening.need(request.actor, need_id)
    card = own_person(request, need.person_id)
    form = NeedStatusForm(need, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with attempt(form) as done:
            _save(request, need, form)
        if done.worked:
            messages.success(request, _("You noted how it stands: %(need)s.") % {"need": need.name})
            return redirect("person", person_id=need.person_id)
    status = REFUSED if form.is_bound else 200
    context = {"person": card, "need": need, "form": form}
    return render(request, "web/staff/people/need_status.html", context, status=status)


def _save(request: StaffRequest, need: NeedCard, form: NeedStatusForm) -> None:
    """One write: another status, or else a correction of what was noted."""
    typed = form.cleaned_data
    if typed["status"] == need.status:
        services.change_need(
            actor=request.actor,
            need_id=need.id,
            wants_help=typed["wants_help"] or None,
            words=typed["words"],
        )
        return
    services.set_need_status(
        actor=request.actor,
        need_id=need.id,
        status=typed["status"],
        words=typed["words"],
        ask_again_on=typed["ask_again_on"],
    )
