"""The work of somebody who left without handing over goes to a colleague: one form for all of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.coordination.services import hand_over_everything, in_hand
from waypost.coordination.services.episodes import LEADS
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.network.selectors import members, worked_here
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.forms import EndForm
from waypost.web.members.member import colleagues, stayed_behind, work_lines


@require_http_methods(["GET", "POST"])
@wants(Action.SEE_TEAM)
def hand_over(request: StaffRequest, worker_id: UUID) -> HttpResponse:
    """What lies in the hands of somebody who follows nobody here any more, and who takes it over.

    404 for who works here still: that work is handed over where the access is ended.
    """
    name = worked_here(request.actor.organization, worker_id)
    if any(each.user_id == worker_id for each in members(request.actor.organization, roles=LEADS)):
        raise NotVisible
    work = in_hand(request.actor, worker_id)
    choices = colleagues(request.actor.organization, but=worker_id)
    form = EndForm(request.POST if request.method == "POST" else None, colleagues=choices)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            done = hand_over_everything(actor=request.actor, user_id=worker_id, to_id=form.to_id())
        if tried.worked and done.kept_back:
            to = dict(choices)[str(form.to_id())]
            messages.warning(request, stayed_behind(request.actor, done.kept_back, to))
            return redirect("member_hand_over", worker_id=worker_id)
        if tried.worked:
            messages.success(request, _("Nothing is in the hands of %(name)s any more.") % {"name": name})
            return redirect("team")
    context = {"name": name, "worker_id": worker_id, "lines": work_lines(work), "form": form}
    return render(request, "web/members/hand_over.html", context, status=REFUSED if form.errors else 200)
