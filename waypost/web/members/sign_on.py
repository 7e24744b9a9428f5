"""Signing in through one's organization: the e-mail names the provider, the provider names the user."""

import secrets
import time
from uuid import UUID

import structlog
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from waypost.accounts.oidc.binding import user_for
from waypost.accounts.oidc.provider import NotProved, Provider, authorize_address, prove, secret_of
from waypost.network.cards import SignOnCard
from waypost.network.signing_on import sign_on_by_id, sign_on_for
from waypost.web.access import open_to_all
from waypost.web.doors import ORGANIZATION
from waypost.web.members.joining import BACKEND
from waypost.web.ready import BY_SIGN_ON

ASKED = "own_sign_on"  # what was asked of the provider, until it answers
LASTS = 600
log = structlog.get_logger("waypost.doors")


class EmailForm(forms.Form):
    """The address at work."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail at work"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


@open_to_all
@require_http_methods(["GET", "POST"])
def own_sign_on(request: HttpRequest) -> HttpResponse:
    """Ask for the address and go to its organization's sign-on; the same page for all others."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    unknown = failed = False
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        found = sign_on_for(email)
        if found is not None:
            try:
                return redirect(_begin(request, found, email))
            except NotProved as trouble:
                failed = True
                log.warning("own sign-on cannot be reached", why=str(trouble))
        else:
            unknown = True
    context = {"form": form, "unknown": unknown, "failed": failed}
    return render(request, "web/members/sign_on.html", context)


def _begin(request: HttpRequest, found: SignOnCard, email: str) -> str:
    state, nonce, verifier = (secrets.token_urlsafe(48) for _each in range(3))
    provider = Provider(found.issuer, found.client_id, secret_of(found.secret_variable))
    address = authorize_address(
        provider, back=_back(), state=state, nonce=nonce, verifier=verifier, login=email
    )
    request.session[ASKED] = {
        "id": str(found.id),
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "at": int(time.time()),
    }
    return address


def _back() -> str:
    return f"{settings.BASE_URL}{reverse('own_sign_on_back')}"


@open_to_all
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer: whoever it proves comes in; anything else leads back to the door."""
    asked = request.session.pop(ASKED, None)
    found = sign_on_by_id(UUID(asked["id"])) if asked else None
    try:
        if asked is None or found is None or time.time() - asked["at"] > LASTS:
            raise NotProved("nothing was asked")
        if not constant_time_compare(request.GET.get("state", ""), asked["state"]):
            raise NotProved("another state")
        provider = Provider(found.issuer, found.client_id, secret_of(found.secret_variable))
        proof = prove(
            provider,
            code=request.GET.get("code", ""),
            back=_back(),
            nonce=asked["nonce"],
            verifier=asked["verifier"],
        )
        user_id = user_for(
            proof, issuer=found.issuer, organization_id=found.organization_id, domain=found.domain
        )
    except NotProved as trouble:
        log.warning("own sign-on proved nothing", why=str(trouble))
        context = {"form": EmailForm(), "unknown": False, "failed": True}
        return render(request, "web/members/sign_on.html", context, status=403)
    login(request, get_user_model().objects.get(pk=user_id), backend=BACKEND)
    request.session[ORGANIZATION] = str(found.organization_id)
    request.session[BY_SIGN_ON] = str(found.organization_id)
    return redirect("home")
