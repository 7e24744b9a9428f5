"""Calls and visits to organizations of the community, and the time that goes into keeping listings true."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from waypost.directory import services
from waypost.directory.choices import CheckHow, CheckResult
from waypost.directory.selectors import (
    ContactedCard,
    TimeSpent,
    contact_log,
    organizations_listed,
    time_spent,
)
from waypost.kernel.clock import now, today
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paging import number_of, paged
from waypost.web.upkeep.field_words import field_names
from waypost.web.upkeep.tabs import tabs
from waypost.web.upkeep.team import team_of

SIZE = 25
MONTHS = 6


class ContactForm(forms.Form):
    """A call or a visit that was about no person and no single listing."""

    organization = forms.ChoiceField(label=gettext_lazy("With which organization?"), widget=forms.RadioSelect)
    how = forms.ChoiceField(label=gettext_lazy("How?"), choices=CheckHow.choices, widget=forms.RadioSelect)
    on = forms.DateField(
        label=gettext_lazy("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes it took"),
        help_text=gettext_lazy("With the way there and back."),
        min_value=0,
        max_value=720,
    )
    with_whom = forms.CharField(label=gettext_lazy("With whom?"), required=False, max_length=200)
    words = forms.CharField(
        label=gettext_lazy("What was it about?"),
        help_text=gettext_lazy("Nothing about a person you serve: this is read by your whole organization."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, found: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [(str(key), name) for key, name in found]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A day that has been."""
        given: date = self.cleaned_data["on"]
        if given > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return given


@require_safe
@wants(Action.CHECK_LISTING)
def contacts(request: StaffRequest) -> HttpResponse:
    """Our log, newest first, and the time by team and month."""
    how = request.GET.get("how", "")
    how = how if how in CheckHow.values else ""

    def read(number: int) -> tuple[list[ContactedCard], int]:
        return contact_log(request.actor, how=how, page=number, size=SIZE)

    page = paged(read, number_of(request), size=SIZE)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_contacts"),
        "page": page,
        "rows": [_row(each) for each in page.object_list],
        "how": how,
        "hows": CheckHow.choices,
        "how_name": CheckHow(how).label if how else "",
        "time": [(each, _hours(each)) for each in time_spent(request.actor, since=_since())],
    }
    return render(request, "web/upkeep/contacts.html", context)


def _row(card: ContactedCard) -> tuple[ContactedCard, str, str, str, int]:
    about = "; ".join(
        words
        for words in (
            _("confirmed: %(fields)s") % {"fields": field_names(card.confirmed)} if card.confirmed else "",
            _("changed: %(fields)s") % {"fields": field_names(card.changed)} if card.changed else "",
        )
        if words
    )
    minutes = -(-card.seconds // 60)
    return card, str(CheckHow(card.how).label), str(CheckResult(card.result).label), about, minutes


def _hours(spent: TimeSpent) -> str:
    """ "3 h 20 min"."""
    hours, minutes = divmod(-(-spent.seconds // 60), 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def _since() -> date:
    """The first day of the month half a year ago."""
    months = today().year * 12 + today().month - 1 - (MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1)


@require_http_methods(["GET", "POST"])
@wants(Action.CHECK_LISTING)
def contact_new(request: StaffRequest) -> HttpResponse:
    """Find the organization, then say what it was."""
    words = (request.POST if request.method == "POST" else request.GET).get("q", "").replace("\x00", "")[:100]
    found = list(organizations_listed(words)) if words.strip() else []
    first = {"on": today(), "how": CheckHow.VISIT.value, "organization": str(found[0][0]) if found else ""}
    form = ContactForm(request.POST if request.method == "POST" else None, found=found, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as done:
            services.log_contact(
                actor=request.actor,
                organization_id=UUID(given["organization"]),
                how=given["how"],
                minutes=given["minutes"],
                with_whom=given["with_whom"],
                words=given["words"],
                team_id=team_of(request),
                at=_moment(given["on"]),
            )
        if done.worked:
            messages.success(request, _("It is written down."))
            return redirect("upkeep_contacts")
    context = {
        "tabs": tabs(request.actor.role, "upkeep_contacts"),
        "form": form,
        "found": found,
        "words": words,
    }
    return render(request, "web/upkeep/contact_new.html", context, status=REFUSED if form.errors else 200)


def _moment(on: date) -> datetime:
    """Now, or the noon of an earlier day."""
    if on == today():
        return now()
    return timezone.make_aware(datetime.combine(on, time(12)))
