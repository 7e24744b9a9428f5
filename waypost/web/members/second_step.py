"""The second step at the door: from when an organization asks for it, and helping who lost a phone."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.second_step import with_second_step
from waypost.accounts.services import reset_second_step
from waypost.network.roles import Action
from waypost.network.selectors import members, membership
from waypost.network.services.policy import ask_for_second_step
from waypost.web.access import StaffRequest, ask_again_who_it_is, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.whose import organization_of, query_of
from waypost.web.staff.forms.base import Day

A_YEAR = 366


class PolicyForm(forms.Form):
    """From which day a second step is needed."""

    from_day = Day(
        label=gettext_lazy("From this day"),
        required=False,
        future=A_YEAR,
        help_text=gettext_lazy("Leave it empty to let each member decide."),
    )


@require_http_methods(["GET", "POST"])
@wants(Action.MANAGE_MEMBERS)
def policy(request: StaffRequest) -> HttpResponse:
    """The date, who has a second step already and who has not."""
    whose = organization_of(request)
    given = request.POST if request.method == "POST" else None
    form = PolicyForm(given, initial={"from_day": whose.second_step_from})
    if given is not None and form.is_valid():
        with attempt(form) as tried:
            ask_for_second_step(
                actor=request.actor, organization_id=whose.id, from_day=form.cleaned_data["from_day"]
            )
        if tried.worked:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('members')}{query_of(request, whose)}")
    people = members(whose.id)
    done = with_second_step([each.user_id for each in people])
    context = {
        "whose": whose,
        "of": query_of(request, whose),
        "form": form,
        "without": [each for each in people if each.user_id not in done],
        "done": len(done),
    }
    return render(request, "web/members/second_step.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.MANAGE_MEMBERS)
def reset(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Take a colleague's second step away, for who lost the phone; told by mail, written in the log."""
    card = membership(membership_id)
    ask_again_who_it_is(request)
    with attempt() as tried:
        reset_second_step(actor=request.actor, user_id=card.user_id)
    if tried.worked:
        messages.success(
            request,
            _("The second step of %(name)s is removed. An e-mail tells about it.") % {"name": card.user_name},
        )
    else:
        messages.error(request, tried.refusal)
    return redirect("member", membership_id=membership_id)
