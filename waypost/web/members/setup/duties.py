"""What the law asks of the operator: a checklist, with who made sure when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.network.duties import checklist
from waypost.network.roles import Action
from waypost.network.services import tick as write_down
from waypost.web.access import StaffRequest, wants


@require_safe
@wants(Action.SET_UP_NETWORK)
def checklist_page(request: StaffRequest) -> HttpResponse:
    """Every line, those that are due marked."""
    lines = checklist(get_language() or "en")
    context = {"lines": lines, "due": sum(1 for each in lines if each.due)}
    return render(request, "web/setup/checklist.html", context)


@require_POST
@wants(Action.SET_UP_NETWORK)
def tick(request: StaffRequest, duty_key: str) -> HttpResponse:
    """Somebody made sure of this line today."""
    write_down(actor=request.actor, key=duty_key, note=request.POST.get("note", ""))
    messages.success(request, _("Written down, with your name and today's date."))
    return redirect("set_up_checklist")
