"""The queue of claims: call the listed number and say a code, or look and decide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.directory import services
from waypost.directory.machine import CLAIM, STAFF
from waypost.directory.selectors import (
    ClaimCard,
    claim,
    claim_history,
    claim_offer,
    claims,
    newcomers,
    waiting_newcomers,
)
from waypost.network.roles import Action
from waypost.network.selectors import organization as participant
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.claim_words import claim_tag, move_words
from waypost.web.paging import number_of, paged
from waypost.web.partner.claims import Line
from waypost.web.upkeep.newcomers import newcomer_tag
from waypost.web.upkeep.tabs import tabs

SIZE = 20


@require_safe
@wants(Action.KEEP_DIRECTORY)
def queue(request: StaffRequest) -> HttpResponse:
    """Those that wait for us, the oldest first; or the others."""
    waiting = request.GET.get("show") != "other"

    def read(number: int) -> tuple[list[ClaimCard], int]:
        return claims(waiting=waiting, page=number, size=SIZE)

    page = paged(read, number_of(request), size=SIZE)
    number = claims(waiting=True, size=0)[1] + waiting_newcomers()
    names = {each.participant_id for each in page.object_list}
    known = {each: participant(each).name for each in names}
    context = {
        "tabs": tabs(request.actor.role, "upkeep_claims", {"upkeep_claims": number}),
        "page": page,
        "rows": [(each, known[each.participant_id], claim_tag(each)) for each in page.object_list],
        "people": [(each, newcomer_tag(each)) for each in newcomers(waiting=waiting)],
        "waiting": waiting,
        "number": number,
    }
    return render(request, "web/upkeep/claims.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def one(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """Who claims what and why; grant or refuse, with a reason."""
    card = claim(claim_id)
    if request.method != "POST":
        return _page(request, card)
    grant, words = request.POST.get("decision") == "grant", request.POST.get("words", "")[:2000]
    with attempt() as done:
        services.decide_claim(actor=request.actor, claim_id=claim_id, grant=grant, words=words)
    if not done.worked:
        return _page(request, claim(claim_id), refusal=done.refusal)
    said = _("You granted claim %(reference)s.") if grant else _("You refused claim %(reference)s.")
    messages.success(request, said % {"reference": card.reference})
    return redirect("upkeep_claims")


@require_POST
@never_cache
@wants(Action.KEEP_DIRECTORY)
def code(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """A fresh code to say on the phone; shown on this page alone."""
    with attempt() as done:
        said = services.new_code(actor=request.actor, claim_id=claim_id)
    card = claim(claim_id)
    if not done.worked:
        return _page(request, card, refusal=done.refusal)
    return _page(request, card, said=said)


def _page(request: StaffRequest, card: ClaimCard, refusal: str = "", said: str = "") -> HttpResponse:
    moves = {each.name for each in CLAIM.moves(card.status, STAFF)}
    context = {
        "tabs": tabs(request.actor.role, "upkeep_claims"),
        "card": card,
        "tag": claim_tag(card),
        "moves": moves,
        "claimant": participant(card.participant_id),
        "keeper": participant(card.keeper_id).name if card.keeper_id else "",
        "offered": claim_offer(card.id),
        "call": card.status == "proving" and card.way == "phone",
        "said": " ".join(said),
        "refusal": refusal,
        "typed": request.POST.get("words", ""),
        "history": [
            Line(each.at, each.actor_name, move_words(each), each.words) for each in claim_history(card.id)
        ],
    }
    return render(request, "web/upkeep/claim.html", context, status=REFUSED if refusal else 200)
