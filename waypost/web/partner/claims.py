"""Claiming a listing: find it, say that it is yours, prove it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waypost.directory import services
from waypost.directory.claim_links import read_link
from waypost.directory.machine import CLAIM, CLAIMANT
from waypost.directory.rules.proof import CODE_TRIES, CodeAnswer
from waypost.directory.selectors import (
    ClaimCard,
    claim,
    claim_history,
    claim_offer,
    claimable,
    organization_state,
)
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.claim_words import claim_tag, move_words
from waypost.web.paging import words_of


@require_safe
@wants(Action.EDIT_LISTING)
def find(request: StaffRequest) -> HttpResponse:
    """Is your organization in the directory already? Search by name."""
    words = words_of(request)
    found = claimable(words, but=request.actor.organization)
    context = {"words": words, "found": found, "own_name": request.actor.organization_name}
    return render(request, "web/partner/claim_find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def begin(request: StaffRequest, organization_id: UUID) -> HttpResponse:
    """What will happen, then the claim itself."""
    state = organization_state(organization_id)
    refusal = ""
    if request.method == "POST":
        with attempt() as done:
            made = services.ask_claim(
                actor=request.actor,
                organization_id=organization_id,
                words=request.POST.get("words", "")[:2000],
            )
        if done.worked:
            return redirect("claim", made)
        refusal = done.refusal
    context = {
        "state": state,
        "disputed": state.claimed_by is not None,
        "ours": state.claimed_by == request.actor.organization,
        "refusal": refusal,
        "typed": request.POST.get("words", "")[:2000],
    }
    return render(request, "web/partner/claim_begin.html", context, status=REFUSED if refusal else 200)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to a claim."""

    at: object
    who: str
    what: str
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def one(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """Where it stands, and what to do next."""
    card = _own(request, claim_id)
    if request.method != "POST":
        return _page(request, card)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    with attempt() as done:
        said = step(request, card)
    if not done.worked:
        return _page(request, claim(claim_id), refusal=done.refusal)
    if said.refusal:
        return _page(request, claim(claim_id), refusal=said.refusal)
    if said.words:
        messages.success(request, said.words)
    return redirect("claim", claim_id)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def link(request: StaffRequest, token: str) -> HttpResponse:
    """From the mailbox: opening shows what it is, the button proves it (mail scanners only open)."""
    refusal = ""
    try:
        card = _own(request, read_link(token).claim_id)
        if request.method == "POST":
            with attempt() as done:
                services.open_link(actor=request.actor, token=token)
            if done.worked:
                return _proved(request, claim(card.id))
            refusal = done.refusal
        elif card.status != "proving":
            return redirect("claim", card.id)
    except Refused as refused:
        return render(request, "web/partner/claim_link.html", {"refusal": refused.message}, status=REFUSED)
    context = {"card": card, "refusal": refusal}
    return render(request, "web/partner/claim_link.html", context, status=REFUSED if refusal else 200)


def _proved(request: StaffRequest, card: ClaimCard) -> HttpResponse:
    if card.status == "granted":
        words = _("The listing of %(name)s is yours to keep. Look through it now.")
        messages.success(request, words % {"name": card.organization_name})
        return redirect("listing")
    messages.success(
        request, _("You proved it. The network's staff decide, because somebody else came first.")
    )
    return redirect("claim", card.id)


@dataclass(frozen=True, slots=True)
class Said:
    """What a step says afterwards: words, or why not."""

    words: str = ""
    refusal: str = ""


def _phone(request: StaffRequest, card: ClaimCard) -> Said:
    services.prove_by_phone(actor=request.actor, claim_id=card.id)
    return Said(_("The network's staff will call the listed number and say a code to whoever answers."))


def _email(request: StaffRequest, card: ClaimCard) -> Said:
    email = request.POST.get("email", "")[:254]
    services.prove_by_email(actor=request.actor, claim_id=card.id, email=email)
    return Said(_("A link is on its way to %(email)s. Open it within two days.") % {"email": email.strip()})


def _review(request: StaffRequest, card: ClaimCard) -> Said:
    words = request.POST.get("words", "")[:2000]
    services.ask_review(actor=request.actor, claim_id=card.id, words=words)
    return Said(_("The network's staff look at it. You get a message when they have decided."))


def _code(request: StaffRequest, card: ClaimCard) -> Said:
    found = services.enter_code(actor=request.actor, claim_id=card.id, code=request.POST.get("code", "")[:40])
    now = claim(card.id)
    left = max(0, CODE_TRIES - now.code_tries)
    if found == CodeAnswer.RIGHT:
        return Said(_("The code is right."))
    return Said(
        refusal={
            CodeAnswer.WRONG: _("That is not the code. You can try %(left)s more times.") % {"left": left}
            if left
            else _("That is not the code. Ask for another call."),
            CodeAnswer.USED_UP: _("Too many wrong codes. Ask for another call."),
            CodeAnswer.EXPIRED: _("This code is older than a day. Ask for another call."),
        }.get(found, _("Nobody has called yet. The code is said on the phone."))
    )


def _withdraw(request: StaffRequest, card: ClaimCard) -> Said:
    services.withdraw_claim(actor=request.actor, claim_id=card.id)
    return Said(_("You took the claim back. Nothing about the listing changed."))


STEPS: dict[str, Callable[[StaffRequest, ClaimCard], Said]] = {
    "phone": _phone,
    "email": _email,
    "review": _review,
    "code": _code,
    "withdraw": _withdraw,
}


def _own(request: StaffRequest, claim_id: UUID) -> ClaimCard:
    card = claim(claim_id)
    if card.participant_id != request.actor.organization:
        raise NotVisible
    return card


def _page(request: StaffRequest, card: ClaimCard, refusal: str = "") -> HttpResponse:
    moves = {each.name for each in CLAIM.moves(card.status, CLAIMANT)}
    offered = claim_offer(card.id) if "prove" in moves else None
    context = {
        "card": card,
        "tag": claim_tag(card),
        "moves": moves,
        "offered": offered,
        "first_email": f"@{offered.domains[0]}" if offered and offered.domains else "",
        "history": [
            Line(each.at, each.actor_name, move_words(each), each.words) for each in claim_history(card.id)
        ],
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "web/partner/claim.html", context, status=REFUSED if refusal else 200)
