"""The audit's chain: the result of the last walk along it, and a walk on demand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.guarding.jobs import ask_for_check
from waypost.kernel.chain import last_check
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants


@require_http_methods(["GET", "POST"])
@wants(Action.GUARD_PRIVACY, Action.SET_UP_NETWORK)
def audit_page(request: StaffRequest) -> HttpResponse:
    """What the last check found; the button starts another one."""
    if request.method == "POST":
        ask_for_check(actor=request.actor)
        messages.success(request, _("The check has been started. Open this page again in a moment."))
        return redirect("privacy_audit")
    return render(request, "web/guarding/audit.html", {"check": last_check()})
