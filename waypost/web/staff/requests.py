"""Requests for coordination: asking, seeing what became of it, taking one up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.coordination import selectors as coordination
from waypost.coordination import services
from waypost.coordination.cards import RequestRow
from waypost.coordination.selectors.requests import PAGE
from waypost.coordination.words import channel_name, role_name
from waypost.disclosure import gate
from waypost.network.cards import MembershipCard
from waypost.network.roles import Action
from waypost.network.selectors import teams
from waypost.people import selectors as people
from waypost.people.cards import Likeness
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paging import number_of, paged
from waypost.web.referral_words import first_name
from waypost.web.staff.forms_referrals.requests import AskForm, CloseForm
from waypost.web.staff.forms_referrals.take import why_likely
from waypost.web.staff.nobody_here import names_people

LATEST = 3


@wants(Action.ASK_COORDINATION)
@names_people
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for a coordinator; a name or a phone and a reason are enough."""
    latest, count = coordination.my_requests(request.actor)
    form = _ask_form(request, latest)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            services.request_coordination(actor=request.actor, ask=form.ask())
        if tried.worked:
            who = form.cleaned_data["person_name"] or form.cleaned_data["phone"]
            messages.success(request, _("Your request for %(who)s went to the coordinators.") % {"who": who})
            return redirect("my_requests")
    context = {"form": form, "latest": latest[:LATEST], "count": count}
    return render(request, "web/staff/requests/ask.html", context, status=REFUSED if form.errors else None)


def _ask_form(request: StaffRequest, latest: list[RequestRow]) -> AskForm:
    """Whoever asked before need not say again who they are."""
    actor = request.actor
    own_teams = teams(actor.organization)
    memberships: list[MembershipCard] = getattr(request, "memberships", [])
    here = (each for each in memberships if each.organization_id == actor.organization_id)
    member = next(here, None)
    initial = {"team": str(member.team_id) if member and member.team_id else ""}
    if latest:
        initial["referrer_role"] = latest[0].referrer_role
    return AskForm(request.POST if request.method == "POST" else None, initial=initial, teams=own_teams)


@require_GET
@wants(Action.ASK_COORDINATION)
def mine(request: StaffRequest) -> HttpResponse:
    """What became of one's own requests."""

    def read(number: int) -> tuple[list[RequestRow], int]:
        return coordination.my_requests(request.actor, page=number)

    context = {"page": paged(read, number_of(request), size=PAGE)}
    return render(request, "web/staff/requests/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.WORK_CASELOAD)
def take(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: take it up for somebody known, register somebody new, or close it."""
    asked = coordination.request(request.actor, request_id)
    closing = request.method == "POST" and request.POST.get("do") == "close"
    form = CloseForm(request.POST if closing else None)
    refusal = ""
    if request.method == "POST" and not closing:
        answer, refusal = _take(request, asked)
        if answer is not None:
            return answer
    elif closing and form.is_valid():
        with attempt(form) as tried:
            services.close_request(
                actor=request.actor,
                request_id=request_id,
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
            )
        if tried.worked:
            messages.success(request, _("You closed the request. Whoever asked can see why."))
            return redirect("my_day")
    return _request_page(request, asked, form, refusal)


def _take(request: StaffRequest, asked: RequestRow) -> tuple[HttpResponse | None, str]:
    try:
        person_id = UUID(request.POST.get("person", ""))
    except ValueError:
        return None, _("Choose who it is, or register somebody new.")
    with attempt() as tried:
        services.take_request(actor=request.actor, request_id=asked.id, person_id=person_id)
    if not tried.worked:
        return None, tried.refusal
    name = people.names(request.actor, [person_id]).get(person_id, asked.person_name)
    messages.success(
        request, _("You took the request. %(name)s is among the people you follow.") % {"name": name}
    )
    return redirect("person", person_id), ""


def _request_page(request: StaffRequest, asked: RequestRow, form: CloseForm, refusal: str) -> HttpResponse:
    likely = _likely(request, asked) if asked.status == "new" else []
    context = {
        "asked": asked,
        "first": first_name(asked.person_name),
        "form": form,
        "refusal": refusal,
        "likely": [(each.person, why_likely(each)) for each in likely],
        "channel": channel_name(asked.channel),
        "role": role_name(asked.referrer_role) if asked.referrer_role else "",
        "register_url": f"{reverse('person_new')}?request={asked.id}",
    }
    failed = refusal or form.errors
    return render(request, "web/staff/requests/take.html", context, status=REFUSED if failed else None)


def _likely(request: StaffRequest, asked: RequestRow) -> list[Likeness]:
    """Own people who may be the one who is meant."""
    given, _blank, family = asked.person_name.strip().partition(" ")
    found = people.likely_duplicates(
        request.actor, given_name=given, family_name=family.strip(), birth_date=None, phone=asked.phone
    )
    gate.scope(request.actor, [each.person.id for each in found], purpose="duplicates")
    return found
