"""Standing in for a colleague: who for whom and until when; beginning and stopping."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.network import covering
from waypost.network.roles import Action, may
from waypost.network.selectors import members
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.doors import COVER
from waypost.web.frame import COVERABLE
from waypost.web.staff.forms.base import Day

AHEAD = 400


class CoverForm(forms.Form):
    """Who for whom, from when through when."""

    covered = forms.ChoiceField(label=gettext_lazy("Who is away"))
    by = forms.ChoiceField(label=gettext_lazy("Who stands in"))
    starts_on = Day(label=gettext_lazy("From"), future=AHEAD)
    ends_on = Day(label=gettext_lazy("Through"), future=AHEAD)

    def __init__(self, *args: Any, request: StaffRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = request.actor
        here = [(str(each.user_id), each.user_name) for each in members(actor.organization)]
        myself = [(value, words) for value, words in here if value == str(actor.user_id)]
        everybody = may(actor.role, Action.MANAGE_MEMBERS)
        self.fields["covered"].choices = here if everybody else myself  # type: ignore[attr-defined]
        self.fields["by"].choices = [("", _("Choose")), *here]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@wants(*COVERABLE)
def covers(request: StaffRequest) -> HttpResponse:
    """What holds or is still to come, and a new one."""
    initial = {"covered": str(request.actor.user_id), "starts_on": today()}
    form = CoverForm(request.POST if request.method == "POST" else None, request=request, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as tried:
            covering.set_cover(
                actor=request.actor,
                covered_id=UUID(given["covered"]),
                by_id=UUID(given["by"]),
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
            )
        if tried.worked:
            messages.success(request, _("Saved. It ends by itself."))
            return redirect("covers")
    mine = may(request.actor.role, Action.MANAGE_MEMBERS)
    rows = [
        (
            each,
            each.by_id == request.actor.user_id,
            mine or request.actor.user_id in (each.by_id, each.covered_id),
        )
        for each in covering.covers(request.actor)
    ]
    status = REFUSED if form.errors else 200
    return render(request, "web/members/cover.html", {"rows": rows, "form": form}, status=status)


@require_POST
@wants(*COVERABLE)
def begin(request: StaffRequest, cover_id: UUID) -> HttpResponse:
    """From the next page on, one sees the colleague's day; forms left open are not taken for it."""
    found = covering.cover_of(request.actor, cover_id)
    if found is None:
        raise NotVisible
    covering.begun(actor=request.actor, cover=found)
    request.session[COVER] = str(found.id)
    rotate_token(request)
    return redirect("home")


@require_POST
@wants(*COVERABLE)
def stop(request: StaffRequest) -> HttpResponse:
    """Back to one's own work."""
    request.session.pop(COVER, None)
    rotate_token(request)
    return redirect("home")


@require_POST
@wants(*COVERABLE)
def end(request: StaffRequest, cover_id: UUID) -> HttpResponse:
    """Before its last day."""
    covering.end_cover(actor=request.actor, cover_id=cover_id)
    messages.success(request, _("It has ended."))
    return redirect("covers")
