"""The front-desk view's own page and its three buttons."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from waypost.network.roles import Action, may
from waypost.people.selectors import initials_for_referrers
from waypost.people.services import choose_initials_for_referrers
from waypost.web import front_desk
from waypost.web.access import StaffRequest, wants


class ReferrersForm(forms.Form):
    """Whether referrers of this organization begin in the front-desk view."""

    referrers = forms.BooleanField(
        label=gettext_lazy("Referrers here begin with initials only"),
        help_text=gettext_lazy("They can switch names on for their own session."),
        required=False,
    )


@require_http_methods(["GET", "POST"])
@wants(*Action)
def page(request: StaffRequest) -> HttpResponse:
    """What the view does; for whoever manages members, what referrers begin with."""
    managing = may(request.actor.role, Action.MANAGE_MEMBERS)
    form = None
    if managing:
        now = {"referrers": initials_for_referrers(request.actor)}
        form = ReferrersForm(request.POST if request.method == "POST" else None, initial=now)
        if form.is_valid():
            choose_initials_for_referrers(actor=request.actor, on=form.cleaned_data["referrers"])
            messages.success(request, _("Kept. It counts from each referrer's next sign-in."))
            return redirect("front_desk")
    return render(request, "web/front_desk.html", {"form": form, "on": front_desk.is_on(request)})


@require_POST
@wants(*Action)
def switch(request: StaffRequest) -> HttpResponse:
    """Initials only, or names again, for this session."""
    on = request.POST.get("on") == "yes" if "on" in request.POST else not front_desk.is_on(request)
    front_desk.choose(request, on=on)
    return _back(request)


@require_POST
@wants(*Action)
def moment(request: StaffRequest) -> HttpResponse:
    """Show one person for a minute, or hide again."""
    key = request.POST.get("person", "")
    if key:
        front_desk.show(request, key)
    else:
        front_desk.hide(request)
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    """To the page from which it was pressed."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect("home")
    return HttpResponseRedirect(target)  # line breaks and other signs in it are quoted
