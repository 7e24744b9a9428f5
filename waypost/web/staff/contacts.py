"""Contacts, whose move it is, taking somebody into the caseload and out again, services given."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.coordination import selectors as coordination
from waypost.coordination import services
from waypost.coordination.cards import EpisodeCard
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.people.cards import PersonCard
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.staff.forms.contacts import (
    ContactForm,
    FollowUpEndForm,
    NextMoveForm,
    ServiceForm,
    soon,
)
from waypost.web.staff.people import own_person


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_PEOPLE)
def contact_new(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Log a contact, or a try; the day to check back goes with it."""
    card = own_person(request, person_id)
    first = {"check_back_on": soon()} if coordination.episode(request.actor, person_id) else {}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        typed = form.cleaned_data
        with attempt(form) as done:
            services.log_contact(
                actor=request.actor,
                person_id=person_id,
                mode=typed["mode"],
                result=typed["result"],
                note=typed["note"],
                check_back_on=typed["check_back_on"],
            )
        if done.worked:
            messages.success(request, _("You logged a contact with %(name)s.") % {"name": card.first})
            return redirect("person", person_id=person_id)
    return _page(request, "contact.html", card, form)


@require_POST
@wants(Action.WORK_CASELOAD)
def follow_up_start(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Take an own person into one's caseload."""
    card = own_person(request, person_id)
    with attempt() as done:
        services.open_episode(actor=request.actor, person_id=person_id)
    if done.worked:
        messages.success(request, _("%(name)s is in your caseload now.") % {"name": card.first})
    else:
        messages.error(request, done.refusal)
    return redirect("person", person_id=person_id)


@require_http_methods(["GET", "POST"])
@wants(Action.WORK_CASELOAD)
def next_move(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Who does what next, and when we ask again."""
    card = own_person(request, person_id)
    episode = _episode(request, person_id)
    first = {
        "whose_move": episode.whose_move,
        "next_move": episode.next_move,
        "words": episode.next_words,
        "check_back_on": episode.check_back_on,
    }
    form = NextMoveForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        with attempt(form) as done:
            services.set_next_move(actor=request.actor, episode_id=episode.id, **form.cleaned_data)
        if done.worked:
            messages.success(request, _("You noted what comes next for %(name)s.") % {"name": card.first})
            return redirect("person", person_id=person_id)
    return _page(request, "next_move.html", card, form)


@require_http_methods(["GET", "POST"])
@wants(Action.WORK_CASELOAD)
def follow_up_end(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """End the follow-up, saying why."""
    card = own_person(request, person_id)
    episode = _episode(request, person_id)
    form = FollowUpEndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with attempt(form) as done:
            services.close_episode(actor=request.actor, episode_id=episode.id, **form.cleaned_data)
        if done.worked:
            messages.success(request, _("You ended the follow-up of %(name)s.") % {"name": card.first})
            return redirect("person", person_id=person_id)
    return _page(request, "follow_up_end.html", card, form)


@require_http_methods(["GET", "POST"])
@wants(Action.LOG_SERVICE)
def service_log(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Log what an own client got; no referral is needed."""
    card = own_person(request, person_id)
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with attempt(form) as done:
            services.log_service(actor=request.actor, person_id=person_id, **form.cleaned_data)
        if done.worked:
            words = {"name": card.first, "what": form.cleaned_data["what"]}
            messages.success(request, _("You logged what %(name)s got: %(what)s.") % words)
            return redirect("person", person_id=person_id)
    return _page(request, "service.html", card, form)


def _episode(request: StaffRequest, person_id: UUID) -> EpisodeCard:
    found = coordination.episode(request.actor, person_id)
    if found is None:
        raise NotVisible
    return found


def _page(request: StaffRequest, name: str, card: PersonCard, form: object) -> HttpResponse:
    status = REFUSED if getattr(form, "is_bound", False) else 200
    return render(request, f"web/staff/people/{name}", {"person": card, "form": form}, status=status)
