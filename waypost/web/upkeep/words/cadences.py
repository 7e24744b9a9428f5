"""After how many days listings are checked again, by need."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import WordList
from waypost.directory.selectors import cadence_lines, cadences_now
from waypost.kernel.clock import today
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.upkeep.words.tabs import frame


class CadenceForm(forms.Form):
    """Days, from a day on."""

    days = forms.IntegerField(
        label=gettext_lazy("Check again after how many days?"),
        help_text=gettext_lazy("At most a year: 365."),
        min_value=1,
        max_value=365,
    )
    valid_from = forms.DateField(
        label=gettext_lazy("From which day on?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


@require_safe
@wants(Action.KEEP_DIRECTORY)
def cadences(request: StaffRequest) -> HttpResponse:
    """Every need with its days, and what is to come."""
    context = frame(request, "words_cadences", WordList.CADENCE) | {"rows": cadences_now()}
    return render(request, "web/upkeep/words/cadences.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.KEEP_DIRECTORY)
def cadence(request: StaffRequest) -> HttpResponse:
    """Change the days of one need, from a day on; what held before stays in its history."""
    code = request.GET.get("need", "")
    row = next((each for each in cadences_now() if each.category == code), None)
    if row is None:
        raise Http404
    first = {"days": row.now.days if row.now else None, "valid_from": today()}
    form = CadenceForm(request.POST) if request.method == "POST" else CadenceForm(initial=first)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.set_cadence(actor=request.actor, category=code, **form.cleaned_data)
        if done.worked:
            said = _("%(need)s: checked again after %(days)s days. The list of what is due follows.")
            days = form.cleaned_data["days"]
            messages.success(request, said % {"need": row.name or _("All other needs"), "days": days})
            return redirect("words_cadences")
    context = frame(request, "words_cadences", WordList.CADENCE) | {
        "form": form,
        "row": row,
        "lines": cadence_lines(code),
    }
    return render(request, "web/upkeep/words/cadence.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def cadence_end(request: StaffRequest) -> HttpResponse:
    """Let the days for all others hold."""
    with attempt() as done:
        services.end_cadence(actor=request.actor, category=request.POST.get("need", ""))
    if done.worked:
        messages.success(request, _("The days for all other needs hold from today on."))
    else:
        messages.error(request, done.refusal)
    return redirect("words_cadences")
