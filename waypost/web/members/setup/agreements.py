"""Agreements between participants: which hold, which are missing, a new one, the end of one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.disclosure.rules.facts import CARE_COORDINATION
from waypost.kernel.clock import today
from waypost.network import services
from waypost.network.copies import add_copy, copies_of, copy_of, withdraw_copy, withdrawn_copies
from waypost.network.roles import Action
from waypost.network.selectors import agreement, terms
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.agreed import party_names
from waypost.web.members.setup.forms import AgreementForm, CopyForm, WithdrawForm
from waypost.web.members.setup.missing import missing_pairs


@require_safe
@wants(Action.SET_UP_NETWORK)
def agreements(request: StaffRequest) -> HttpResponse:
    """Those in force, the one that ends soonest first."""
    found = terms(on=today())
    kept = copies_of([each.id for each in found if each.id])
    rows = [(each, party_names(each), len(kept.get(each.id, ())) if each.id else 0) for each in found]
    context = {"rows": rows, "missing": missing_pairs(request.actor)}
    return render(request, "web/setup/agreements.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.SET_UP_NETWORK)
def new(request: StaffRequest) -> HttpResponse:
    """Kind, parties, dates."""
    initial = {
        "parties": request.GET.getlist("party"),
        "valid_from": today(),
        "purposes": [CARE_COORDINATION],
    }
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as tried:
            made = services.sign_agreement(
                actor=request.actor,
                kind=given["kind"],
                party_ids=[UUID(each) for each in given["parties"]],
                valid_from=given["valid_from"],
                valid_to=given["valid_to"],
                signed_on=given["signed_on"],
                purposes=given["purposes"],
            )
        if tried.worked:
            messages.success(request, _("The agreement is written down, and counts from its first day."))
            return redirect("set_up_agreement", agreement_id=made)
    status = REFUSED if form.errors else 200
    return render(request, "web/setup/agreement_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@wants(Action.SET_UP_NETWORK)
def one(request: StaffRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement with its signed copies; POST keeps another copy with it."""
    card = agreement(agreement_id)
    sent = request.method == "POST"
    form = CopyForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        with attempt(form) as tried:
            add_copy(actor=request.actor, agreement_id=agreement_id, data=form.cleaned_data["copy"].read())
        if tried.worked:
            messages.success(request, _("The signed copy is kept. The parties can read it now."))
            return redirect("set_up_agreement", agreement_id=agreement_id)
    context = {
        "card": card,
        "parties": party_names(card),
        "copies": copies_of([agreement_id]).get(agreement_id, []),
        "form": form,
        "withdrawn": withdrawn_copies(agreement_id),
        "over": card.ended_at is not None or (card.valid_to is not None and card.valid_to < today()),
    }
    return render(request, "web/setup/agreement.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.SET_UP_NETWORK)
def end(request: StaffRequest, agreement_id: UUID) -> HttpResponse:
    """From this moment on it counts for nothing."""
    with attempt() as tried:
        services.end_agreement(actor=request.actor, agreement_id=agreement_id)
    if tried.worked:
        messages.success(request, _("The agreement has ended. Nothing is shared on it any more."))
    else:
        messages.error(request, tried.refusal)
    return redirect("set_up_agreements")


@require_http_methods(["GET", "POST"])
@wants(Action.SET_UP_NETWORK)
def withdraw(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """A copy that was kept by mistake: why, and then nobody is offered it any more."""
    agreement_id, copy = copy_of(copy_id)
    card = agreement(agreement_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            withdraw_copy(actor=request.actor, copy_id=copy_id, why=form.cleaned_data["why"])
        if tried.worked:
            messages.success(request, _("The copy is withdrawn. Nobody can download it any more."))
            return redirect("set_up_agreement", agreement_id=agreement_id)
    context = {"card": card, "parties": party_names(card), "copy": copy, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "web/setup/copy_withdraw.html", context, status=status)
