"""Emergency access: opening it, seeing what it opened, ending it, reviewing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.guarding.cards import EmergencyCard
from waypost.guarding.rules.emergency import policy_on
from waypost.guarding.selectors import emergency as selectors
from waypost.guarding.services.emergency import end_emergency, open_emergency, review_emergency
from waypost.guarding.words import emergency_status
from waypost.kernel.clock import now, today
from waypost.network.roles import Action, may
from waypost.people.selectors import shown_names
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.guarding.forms import EmergencyForm, ReviewForm
from waypost.web.paging import number_of, paged
from waypost.web.presenting import Tag

SESSION = "emergency"
SHOWN = ("", "others", "all")


@require_http_methods(["GET", "POST"])
@wants(Action.OPEN_EMERGENCY)
def emergency_open(request: StaffRequest) -> HttpResponse:
    """The warning and the form. What was found, and what was found but may not be opened, answer alike."""
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        with attempt(form) as done:
            opened = open_emergency(
                actor=request.actor, facts=form.facts(), reason=typed["reason"], words=typed["words"]
            )
        if done.worked:
            card = selectors.emergency(request.actor, opened)
            if card.live:
                request.session[SESSION] = {"id": str(card.id), "until": card.until.timestamp()}
                return redirect("emergency", emergency_id=opened)
            form.add_error(None, _nothing(card))
    policy = policy_on(today())
    context = {
        "form": form,
        "minutes": int(policy.lasts.total_seconds()) // 60,
        "tries": policy.tries_an_hour,
        "open_now": selectors.live_emergency(request.actor),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "web/guarding/emergency_open.html", context, status=status)


def _nothing(card: EmergencyCard) -> str:
    words = _(
        "These facts open nothing. Check them, or try other facts. The try is written down as %(reference)s. "
        "If life is in danger, call 911."
    )
    return words % {"reference": card.reference}


@require_GET
@wants(Action.OPEN_EMERGENCY, Action.GUARD_PRIVACY)
def emergency(request: StaffRequest, emergency_id: UUID) -> HttpResponse:
    """What one emergency opened, for how long, and how it was judged."""
    return _page(request, selectors.emergency(request.actor, emergency_id), ReviewForm())


@require_POST
@wants(Action.OPEN_EMERGENCY, Action.GUARD_PRIVACY)
def emergency_end(request: StaffRequest, emergency_id: UUID) -> HttpResponse:
    """Close it before its hour is over."""
    with attempt() as done:
        end_emergency(actor=request.actor, emergency_id=emergency_id)
    if done.worked:
        request.session.pop(SESSION, None)
        messages.success(request, _("Emergency access has ended. You no longer see these records."))
    else:
        messages.error(request, done.refusal)
    return redirect("emergency", emergency_id=emergency_id)


@require_POST
@wants(Action.GUARD_PRIVACY)
def emergency_review(request: StaffRequest, emergency_id: UUID) -> HttpResponse:
    """Justified or not; never by whoever opened it."""
    card = selectors.emergency(request.actor, emergency_id)
    form = ReviewForm(request.POST)
    justified = request.POST.get("verdict") == "justified"
    if form.is_valid():
        with attempt(form) as done:
            review_emergency(
                actor=request.actor,
                emergency_id=emergency_id,
                justified=justified,
                words=form.cleaned_data["words"],
            )
        if done.worked:
            said = (
                _("You found it justified.")
                if justified
                else _("You found it not justified. A privacy incident has been opened.")
            )
            messages.success(request, said)
            return redirect("emergency", emergency_id=emergency_id)
    return _page(request, card, form, status=REFUSED)


@require_GET
@wants(Action.GUARD_PRIVACY)
def emergencies(request: StaffRequest) -> HttpResponse:
    """What waits for review, what others opened of our records, and everything."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""

    def read(number: int) -> tuple[list[EmergencyCard], int]:
        return selectors.emergencies(request.actor, show=show, page=number)

    page = paged(read, number_of(request), size=selectors.PAGE)
    context = {
        "page": page,
        "rows": [(each, _tag(each)) for each in page.object_list],
        "show": show,
        "waiting": selectors.waiting(request.actor),
    }
    return render(request, "web/guarding/emergencies.html", context)


def _page(request: StaffRequest, card: EmergencyCard, form: ReviewForm, status: int = 200) -> HttpResponse:
    actor = request.actor
    mine = card.user_id == actor.user_id
    records = selectors.opened_records(actor, card.id)
    names = shown_names([each.person_id for each in records]) if card.live and mine else {}
    context: dict[str, Any] = {
        "card": card,
        "tag": _tag(card),
        "form": form,
        "mine": mine,
        "records": [(each, names.get(each.person_id, "")) for each in records],
        "minutes_left": max(0, int((card.until - now()).total_seconds()) // 60),
        "may_review": card.waits and not mine and may(actor.role, Action.GUARD_PRIVACY),
        "may_end": card.own and card.live and (mine or may(actor.role, Action.GUARD_PRIVACY)),
        "guards": may(actor.role, Action.GUARD_PRIVACY),
    }
    return render(request, "web/guarding/emergency.html", context, status=status)


def _tag(card: EmergencyCard) -> Tag:
    return Tag(*emergency_status(card.status, live=card.live))
