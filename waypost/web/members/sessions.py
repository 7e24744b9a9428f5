"""One's own sign-ins: on which device, since when; end one, or all others."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts import open_doors
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.kernel.transaction import acting
from waypost.web.access import for_whoever_signed_in
from waypost.web.doors import DOOR


@for_whoever_signed_in
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Those that are open, this one marked."""
    with acting(_myself(request)):
        rows = open_doors.doors_of(_id(request))
    here = request.session.get(DOOR, "")
    return render(
        request, "web/members/sessions.html", {"rows": [(each, str(each.id) == here) for each in rows]}
    )


@for_whoever_signed_in
@require_POST
def end_one(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """That device is out with its next page."""
    try:
        with acting(_myself(request)):
            open_doors.end_door(user_id=_id(request), door_id=door_id)
    except NotVisible as hidden:
        raise Http404 from hidden
    messages.success(request, _("That sign-in has ended."))
    return redirect("sessions")


@for_whoever_signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Everywhere but here."""
    with acting(_myself(request)):
        count = open_doors.end_other_doors(user_id=_id(request), but=request.session.get(DOOR, ""))
    said = ngettext("%(count)s other sign-in has ended.", "%(count)s other sign-ins have ended.", count)
    messages.success(request, said % {"count": count})
    return redirect("sessions")


def _myself(request: HttpRequest) -> Actor:
    return Actor(user_id=_id(request), name="", organization_id=None, organization_name="", role="")


def _id(request: HttpRequest) -> UUID:
    user_id: UUID = request.user.pk  # type: ignore[assignment]
    return user_id
