"""Holds, and records whose time is over: what would go, what stays and why; two people destroy one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.guarding import machine
from waypost.guarding.cards_retention import DisposalCard
from waypost.guarding.selectors import incidents
from waypost.guarding.selectors import retention as selectors
from waypost.guarding.selectors.mentions import mentions
from waypost.guarding.services import retention as services
from waypost.guarding.words_retention import disposal_status, mention_name, section_name, why_words
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.guarding.forms_copies import WordsForm, came_too_late
from waypost.web.guarding.forms_retention import HoldForm
from waypost.web.paging import number_of, paged
from waypost.web.presenting import Tag
from waypost.web.staff.people import own_person

SHOWS = ("", "done", "holds")


@require_GET
@wants(Action.GUARD_PRIVACY)
def retention_list(request: StaffRequest) -> HttpResponse:
    """Whose time is over, what is held, what was destroyed."""
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWS else ""

    def read(number: int) -> tuple[list[DisposalCard], int]:
        return selectors.disposals(request.actor, show=show, page=number)

    page = paged(read, number_of(request), size=selectors.PAGE)
    audit.record("retention.look", actor=request.actor)
    context = {
        "show": show,
        "page": page,
        "rows": [(each, Tag(*disposal_status(each.status))) for each in page.object_list],
        "holds": selectors.holds(request.actor) if show == "holds" else [],
        "rule": selectors.rule_here(request.actor, today()),
    }
    return render(request, "web/guarding/retention.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.GUARD_PRIVACY)
def disposal(request: StaffRequest, disposal_id: UUID) -> HttpResponse:
    """One record: what would go, what stays; asked by one, confirmed or sent back by another."""
    actor = request.actor
    card = selectors.disposal(actor, disposal_id)
    kept = selectors.why_kept(actor, card.person_id) if card.person_name else []
    moves = _moves(actor, card) if card.person_name and not kept else []
    do = request.POST.get("do", "")
    form = WordsForm(request.POST if request.method == "POST" and do != "confirm" else None)
    late = request.method == "POST" and do not in moves
    if late:
        messages.error(request, came_too_late())
    elif do == "confirm" or form.is_valid():
        with attempt(form) as done:
            _act(actor, disposal_id, do, form, request.POST.getlist("redact"))
        if done.worked:
            messages.success(request, _("It is destroyed.") if do == "confirm" else _("It is written down."))
            return redirect("disposal", disposal_id)
    context = {
        "card": card,
        "tag": Tag(*disposal_status(card.status)),
        "form": form,
        "moves": moves,
        "mine": card.asked_by == actor.user_id and card.status == machine.ASKED,
        "kept": [why_words(each) for each in kept],
        "goes": [(section_name(name), rows) for name, rows in selectors.what_goes(actor, card.person_id)],
        "told": selectors.told_elsewhere(actor, card.person_id) if card.person_name else 0,
        "rule": selectors.rule_here(actor, today()),
        "mentions": [(each, mention_name(each.kind)) for each in mentions(actor, card.person_id)]
        if card.person_name
        else [],
    }
    return render(
        request, "web/guarding/disposal.html", context, status=REFUSED if form.errors or late else 200
    )


def _moves(actor: Actor, card: DisposalCard) -> list[str]:
    if card.status == machine.DUE:
        return ["ask"]
    if card.status != machine.ASKED:
        return []
    return ["send_back"] if card.asked_by == actor.user_id else ["confirm", "send_back"]


def _act(actor: Actor, disposal_id: UUID, do: str, form: WordsForm, redact: list[str]) -> None:
    if do == "confirm":
        services.confirm_disposal(actor=actor, disposal_id=disposal_id, redact=redact)
    elif do == "ask":
        services.ask_disposal(actor=actor, disposal_id=disposal_id, words=form.cleaned_data["words"])
    else:
        services.send_back_disposal(actor=actor, disposal_id=disposal_id, words=form.cleaned_data["words"])


@require_http_methods(["GET", "POST"])
@wants(Action.GUARD_PRIVACY)
def hold_new(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Holds of one person, and one more."""
    card = own_person(request, person_id)
    demands, _count = incidents.demands(request.actor, show="", page=1)
    form = HoldForm(
        request.POST if request.method == "POST" else None,
        demands=[(str(each.id), f"{each.reference}, {each.kind_name}") for each in demands],
    )
    if form.is_valid():
        with attempt(form) as done:
            services.place_hold(
                actor=request.actor,
                person_id=person_id,
                reason=form.cleaned_data["reason"],
                demand_id=form.demand_id,
            )
        if done.worked:
            messages.success(
                request, _("The record is held. Nothing of it is destroyed until you lift this.")
            )
            return redirect("hold_new", person_id=person_id)
    context = {"person": card, "form": form, "holds": selectors.holds(request.actor, person_id=person_id)}
    return render(request, "web/guarding/hold.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
@wants(Action.GUARD_PRIVACY)
def hold_lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """It ends, with why."""
    form = WordsForm(request.POST)
    held = next((each for each in selectors.holds(request.actor) if each.id == hold_id), None)
    if held is None:
        raise NotVisible
    if not form.is_valid():
        messages.error(request, _("Please write a few words."))
        return redirect("hold_new", person_id=held.person_id)
    services.lift_hold(actor=request.actor, hold_id=hold_id, words=form.cleaned_data["words"])
    messages.success(request, _("The hold is lifted."))
    return redirect("hold_new", person_id=held.person_id)
