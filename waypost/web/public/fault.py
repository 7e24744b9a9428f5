"""Saying that a listing is wrong: anybody may, without an account, and reads later what came of it."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from waypost.directory.choices import FaultKind
from waypost.directory.selectors import listing_for_referral, reported
from waypost.directory.services import report_fault
from waypost.kernel.errors import NotVisible
from waypost.web.access import open_directory
from waypost.web.attempts import REFUSED, attempt
from waypost.web.quick_exit import is_about_violence
from waypost.web.service_words import full_name
from waypost.web.upkeep.fault_words import kind_words, outcome_words


class FaultForm(forms.Form):
    """What is wrong. ``website`` is left empty by humans, who do not see it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"), choices=FaultKind.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("What you know, such as the right number. Write nothing about yourself."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


@open_directory
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One question, a few words, no account."""
    try:
        listing = listing_for_referral(service_id)
    except NotVisible as hidden:
        raise Http404 from hidden
    form = FaultForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("service", service_id)
        with attempt(form) as done:
            _reference, key = report_fault(
                service_id=service_id,
                kind=form.cleaned_data["kind"],
                words=form.cleaned_data["words"],
                address=get_adapter(request).get_client_ip(request),
            )
        if done.worked:
            return redirect("fault_reported", key)
    context = {
        "form": form,
        "name": full_name(listing),
        "violent": is_about_violence(listing),
        "service_id": service_id,
        "layout": _layout(request),
    }
    return render(request, "web/public/report_fault.html", context, status=REFUSED if form.errors else 200)


@open_directory
@require_safe
def fault_reported(request: HttpRequest, key: str) -> HttpResponse:
    """What came of a report, for whoever has its address."""
    try:
        page = reported(key)
    except NotVisible as hidden:
        raise Http404 from hidden
    context = {
        "page": page,
        "kind": kind_words(page.kind),
        "outcome": outcome_words(page.outcome),
        "address": request.build_absolute_uri(request.path),
        "layout": _layout(request),
    }
    answer = render(request, "web/public/fault_reported.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _layout(request: HttpRequest) -> str:
    return "layout/base.html" if getattr(request, "actor", None) else "layout/public.html"
