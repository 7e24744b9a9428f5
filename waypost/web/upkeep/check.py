"""One page for a call: the script, the number, every field; then what was confirmed, and the time it took."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from waypost.directory import services
from waypost.directory.choices import CheckResult
from waypost.directory.selectors import (
    contact_log,
    contacted,
    due_row,
    faults_of,
    field_states,
    listing_for_referral,
    service_outcomes,
)
from waypost.directory.services import may_change
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.partner.our_hours import differ, places_with_hours
from waypost.web.service_words import confirmed_words, full_name, talking_phone
from waypost.web.upkeep.check_form import CheckForm
from waypost.web.upkeep.due import REASONS, hand_words
from waypost.web.upkeep.fault_words import kind_words
from waypost.web.upkeep.field_words import field_names, human_words
from waypost.web.upkeep.tabs import tabs
from waypost.web.upkeep.team import givable, team_of


@require_http_methods(["GET", "POST"])
@wants(Action.CHECK_LISTING)
def check(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Every field "still right" or mended; one submit."""
    states = field_states(service_id)
    if request.method == "POST":
        given = request.POST.copy()
        if "nobody" in given:  # the quick way out of a call that nobody takes
            given["result"] = CheckResult.NOBODY
        form = CheckForm(given, states=states)
        if form.is_valid():
            with attempt(form) as done:
                made = services.record_check(
                    actor=request.actor,
                    service_id=service_id,
                    entry=form.entry(team_id=team_of(request)),
                )
            if done.worked:
                return redirect("upkeep_checked", made)
    else:
        form = CheckForm(states=states, how=request.GET.get("how", ""))
    return _page(request, service_id, form)


def _page(request: StaffRequest, service_id: UUID, form: CheckForm) -> HttpResponse:
    listing = listing_for_referral(service_id)
    row = due_row(actor=request.actor, service_id=service_id)
    history, _count = contact_log(request.actor, service_id=service_id, size=5)
    ours = may_change(actor=request.actor, claimed_by=listing.claimed_by)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_due"),
        "form": form,
        "listing": listing,
        "name": full_name(listing),
        "call": talking_phone(listing),
        "confirmed": confirmed_words(listing),
        "questions": [(each, human_words(each.state)) for each in form.asked()],
        "reasons": [REASONS[each] for each in row.reasons if each in REASONS] if row else [],
        "hand": hand_words(row) if row else "",
        "row": row,
        "givable": givable(request.actor),
        "outcomes": service_outcomes(service_id),
        "faults": [(each, kind_words(each.kind)) for each in faults_of(service_id)],
        "history": history,
        "at_places": places_with_hours(listing, "upkeep_hours_at_place"),
        "differ": differ(listing),
        "ours": ours,
    }
    return render(request, "web/upkeep/check.html", context, status=REFUSED if form.errors else 200)


class TimeForm(forms.Form):
    """How long it really took."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes it took"), min_value=0, max_value=720)


@require_http_methods(["GET", "POST"])
@wants(Action.CHECK_LISTING)
def checked(request: StaffRequest, contacted_id: UUID) -> HttpResponse:
    """What was confirmed and what changed; the time can be put right."""
    card = contacted(request.actor, contacted_id)
    form = TimeForm(
        request.POST if request.method == "POST" else None, initial={"minutes": _minutes(card.seconds)}
    )
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.set_time(
                actor=request.actor, contacted_id=contacted_id, minutes=form.cleaned_data["minutes"]
            )
        if done.worked:
            messages.success(request, _("The time is put right."))
            return redirect("upkeep_checked", contacted_id)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_due"),
        "card": card,
        "form": form,
        "minutes": _minutes(card.seconds),
        "result": CheckResult(card.result).label,
        "confirmed": field_names(card.confirmed),
        "changed": field_names(card.changed),
        "not_asked": field_names(card.not_asked),
        "row": due_row(actor=request.actor, service_id=card.service_id) if card.service_id else None,
        "faults": len(faults_of(card.service_id)) if card.service_id else 0,
    }
    return render(request, "web/upkeep/checked.html", context, status=REFUSED if form.errors else 200)


def _minutes(seconds: int) -> int:
    """Begun minutes."""
    return -(-seconds // 60)
