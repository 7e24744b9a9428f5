"""Reports of faults: the queue, and the answer to each."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from waypost.directory import selectors as directory
from waypost.directory import services
from waypost.directory.choices import FaultKind, FaultOutcome
from waypost.directory.selectors import FaultCard, listing_for_referral
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paging import number_of, paged
from waypost.web.service_words import full_name, talking_phone
from waypost.web.upkeep.fault_words import kind_words, outcome_words
from waypost.web.upkeep.tabs import tabs

SIZE = 25


class AnswerForm(forms.Form):
    """What came of a report; the words are read by whoever reported it."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"), choices=FaultOutcome.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("A sentence to the person who reported it"),
        help_text=gettext_lazy("They read it on their own page. Leave it empty to send the answer alone."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
@wants(Action.CHECK_LISTING)
def faults(request: StaffRequest) -> HttpResponse:
    """Open reports that we may answer, or those that are answered."""
    answered = request.GET.get("tab") == "answered"
    kind = request.GET.get("kind", "")
    kind = kind if kind in FaultKind.values else ""

    def read(number: int) -> tuple[list[FaultCard], int]:
        return directory.faults(request.actor, open_ones=not answered, kind=kind, page=number, size=SIZE)

    page = paged(read, number_of(request), size=SIZE)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_faults"),
        "page": page,
        "rows": [(each, kind_words(each.kind), outcome_words(each.outcome)) for each in page.object_list],
        "answered": answered,
        "kind": kind,
        "kinds": FaultKind.choices,
        "kind_name": kind_words(kind),
    }
    return render(request, "web/upkeep/faults.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.CHECK_LISTING)
def fault(request: StaffRequest, fault_id: UUID) -> HttpResponse:
    """One report: what was said, the listing, and the answer."""
    card = directory.fault(request.actor, fault_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.answer_fault(
                actor=request.actor,
                fault_id=fault_id,
                outcome=form.cleaned_data["outcome"],
                words=form.cleaned_data["answer"],
            )
        if done.worked:
            messages.success(request, _("You answered report %(reference)s.") % {"reference": card.reference})
            return redirect("upkeep_faults")
    listing = listing_for_referral(card.service_id)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_faults"),
        "card": card,
        "kind": kind_words(card.kind),
        "outcome": outcome_words(card.outcome),
        "form": form,
        "name": full_name(listing),
        "call": talking_phone(listing),
    }
    return render(request, "web/upkeep/fault.html", context, status=REFUSED if form.errors else 200)
