"""Legal demands: a form that stops, and calls the privacy officer. Nothing is released here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.guarding.cards import DemandCard
from waypost.guarding.selectors import incidents as selectors
from waypost.guarding.selectors.retention import holds
from waypost.guarding.services.demands import move_demand, take_in_demand
from waypost.guarding.words import demand_status, step_name
from waypost.network.roles import Action, may
from waypost.network.selectors import organization
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.guarding.forms_copies import WordsForm, came_too_late
from waypost.web.guarding.forms_incidents import DemandForm
from waypost.web.guarding.incidents import GUARDS, move_label, officers
from waypost.web.paging import number_of, paged
from waypost.web.presenting import Tag

PART2 = "part2_program"


@require_http_methods(["GET", "POST"])
@wants(Action.REPORT_INCIDENT)
def demand_new(request: StaffRequest) -> HttpResponse:
    """What to do and not to do now; then who asks for what. Sending it calls the privacy officer."""
    actor = request.actor
    form = DemandForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "part2": organization(actor.organization).legal_status == PART2,
        **officers(actor),
    }
    if form.is_valid():
        with attempt(form) as done:
            made = take_in_demand(actor=actor, **form.cleaned_data)
        if done.worked:
            if any(may(actor.role, each) for each in GUARDS):
                return redirect("demand", demand_id=made)
            return render(request, "web/guarding/demand_taken.html", context)
    return render(request, "web/guarding/demand_new.html", context, status=REFUSED if form.is_bound else 200)


@require_GET
@wants(*GUARDS)
def demand_list(request: StaffRequest) -> HttpResponse:
    """Open ones, oldest first."""
    show = "all" if request.GET.get("show") == "all" else ""

    def read(number: int) -> tuple[list[DemandCard], int]:
        return selectors.demands(request.actor, show=show, page=number)

    page = paged(read, number_of(request), size=selectors.PAGE)
    rows = [(each, Tag(*demand_status(each.status))) for each in page.object_list]
    return render(request, "web/guarding/demands.html", {"page": page, "rows": rows, "show": show})


@require_http_methods(["GET", "POST"])
@wants(*GUARDS)
def demand(request: StaffRequest, demand_id: UUID) -> HttpResponse:
    """One demand: taken in hand, then closed with what was decided."""
    card = selectors.demand(request.actor, demand_id)
    form = WordsForm(request.POST if request.method == "POST" else None)
    do = request.POST.get("do", "")
    if request.method == "POST" and do not in card.moves:
        messages.error(request, came_too_late())
    elif form.is_valid():
        with attempt(form) as done:
            move_demand(actor=request.actor, demand_id=demand_id, name=do, words=form.cleaned_data["words"])
        if done.worked:
            messages.success(request, _("It is written down."))
            return redirect("demand", demand_id=demand_id)
    context = {
        "card": card,
        "tag": Tag(*demand_status(card.status)),
        "form": form,
        "part2": organization(request.actor.organization).legal_status == PART2,
        "moves": [(name, move_label(name)) for name in card.moves],
        "holds": holds(request.actor, demand_id=demand_id),
        "may_hold": may(request.actor.role, Action.GUARD_PRIVACY),
        "steps": [(each, step_name(each.name)) for each in card.steps],
    }
    return render(request, "web/guarding/demand.html", context, status=REFUSED if form.is_bound else 200)
