"""Inviting somebody by e-mail, sending the link again, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.network import services
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.forms import InviteForm
from waypost.web.members.whose import organization_of, query_of


@require_http_methods(["GET", "POST"])
@wants(Action.MANAGE_MEMBERS)
def invite(request: StaffRequest) -> HttpResponse:
    """An e-mail address and a role; the link goes out within a minute."""
    whose = organization_of(request)
    form = InviteForm(request.POST if request.method == "POST" else None, whose=whose)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            services.invite(
                actor=request.actor,
                organization_id=whose.id,
                email=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                team_id=form.team_id(),
            )
        if tried.worked:
            messages.success(
                request,
                _("The invitation is on its way to %(email)s. Its link works for seven days.")
                % {"email": form.cleaned_data["email"]},
            )
            return redirect(f"{reverse('members')}{query_of(request, whose)}")
    context = {"form": form, "whose": whose, "of": query_of(request, whose)}
    return render(request, "web/members/invite.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.MANAGE_MEMBERS)
def invite_again(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """A new link; the one before works no more."""
    with attempt() as tried:
        email = services.send_again(actor=request.actor, invitation_id=invitation_id)
    if tried.worked:
        messages.success(request, _("Sent again to %(email)s. Only the new link works.") % {"email": email})
    else:
        messages.error(request, tried.refusal)
    return _back(request)


@require_POST
@wants(Action.MANAGE_MEMBERS)
def take_back(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """The link works no more."""
    with attempt() as tried:
        email = services.revoke_invitation(actor=request.actor, invitation_id=invitation_id)
    if tried.worked:
        messages.success(
            request,
            _("The invitation to %(email)s is taken back. Its link does nothing now.") % {"email": email},
        )
    else:
        messages.error(request, tried.refusal)
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    return redirect(f"{reverse('members')}{query_of(request, organization_of(request))}")
