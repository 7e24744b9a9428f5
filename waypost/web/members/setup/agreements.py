"""Agreements between participants: which hold, which are missing, a new one, the end of one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.kernel.clock import today
from waypost.network import services
from waypost.network.roles import Action
from waypost.network.selectors import organizations, terms
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.setup.forms import AgreementForm
from waypost.web.members.setup.missing import missing_pairs


@require_safe
@wants(Action.SET_UP_NETWORK)
def agreements(request: StaffRequest) -> HttpResponse:
    """Those in force, the one that ends soonest first."""
    names = {each.id: each.name for each in organizations()}
    rows = [
        (each, sorted(names[party] for party in each.party_ids if party in names))
        for each in terms(on=today())
    ]
    context = {"rows": rows, "missing": missing_pairs(request.actor)}
    return render(request, "web/setup/agreements.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.SET_UP_NETWORK)
def new(request: StaffRequest) -> HttpResponse:
    """Kind, parties, dates."""
    initial = {"parties": request.GET.getlist("party"), "valid_from": today()}
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as tried:
            services.sign_agreement(
                actor=request.actor,
                kind=given["kind"],
                party_ids=[UUID(each) for each in given["parties"]],
                valid_from=given["valid_from"],
                valid_to=given["valid_to"],
                signed_on=given["signed_on"],
            )
        if tried.worked:
            messages.success(request, _("The agreement is written down, and counts from its first day."))
            return redirect("set_up_agreements")
    status = REFUSED if form.errors else 200
    return render(request, "web/setup/agreement_new.html", {"form": form}, status=status)


@require_POST
@wants(Action.SET_UP_NETWORK)
def end(request: StaffRequest, agreement_id: UUID) -> HttpResponse:
    """It counts through today."""
    with attempt() as tried:
        services.end_agreement(actor=request.actor, agreement_id=agreement_id)
    if tried.worked:
        messages.success(request, _("The agreement ends today. From tomorrow nothing new is shared on it."))
    else:
        messages.error(request, tried.refusal)
    return redirect("set_up_agreements")
