"""Signing in through one's organization: the e-mail names the provider, the provider names the user.

The same way leads back to whoever is signed in and has to show once more who it is (``sign_on_again``).
"""

import secrets
import time
from typing import Any
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

from waypost.accounts.adapter import BY_SIGN_ON
from waypost.accounts.oidc.binding import user_for
from waypost.accounts.oidc.provider import NotProved, Provider, authorize_address, prove, secret_of
from waypost.network.cards import SignOnCard
from waypost.network.signing_on import sign_on_by_id, sign_on_for
from waypost.web.access import for_whoever_signed_in, open_to_all
from waypost.web.doors import ORGANIZATION, to_sign_in
from waypost.web.members import sign_on_again
from waypost.web.members.joining import BACKEND

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
        answer = lead(request, found, email) if found is not None else None
        if answer is not None:
            return answer
        unknown, failed = found is None, found is not None
    context = {"form": form, "unknown": unknown, "failed": failed}
    return render(request, "web/members/sign_on.html", context)


def lead(request: HttpRequest, found: SignOnCard, email: str, **again: Any) -> HttpResponse | None:
    """A page that goes on to the provider by itself, and by a link; None where the provider is out of reach.

    A page and no redirect: browsers follow none from a form to another site under our ``form-action``.
    ``again``: whoever is signed in shows once more who it is, and where it leads then (``next``).
    """
    state, nonce, verifier = (secrets.token_urlsafe(48) for _each in range(3))
    try:
        provider = Provider(found.issuer, found.client_id, secret_of(found.secret_variable))
        address = authorize_address(
            provider,
            back=_back(),
            state=state,
            nonce=nonce,
            verifier=verifier,
            login=email,
            again=bool(again),
        )
    except NotProved as trouble:
        log.warning("own sign-on cannot be reached", why=str(trouble))
        return None
    request.session[ASKED] = {
        "id": str(found.id),
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "at": int(time.time()),
        **again,
    }
    context = {"address": address, "organization": found.organization_name}
    answer = render(request, "web/members/sign_on_going.html", context)
    answer["Cache-Control"] = "no-store, private"
    return answer


@for_whoever_signed_in
@require_http_methods(["GET", "POST"])
def once_more(request: HttpRequest) -> HttpResponse:
    """Before something grave: sign on again at one's organization, or show it in another way."""
    if not request.user.is_authenticated:
        return to_sign_in(request, "/home/")
    then = sign_on_again.where_to(request)
    if request.method == "GET":
        return sign_on_again.page(request, then=then)
    found = sign_on_again.sign_on_of(request)
    return lead(request, found, request.user.email, again=then) or sign_on_again.page(
        request, then=then, failed=True
    )


def _back() -> str:
    return f"{settings.BASE_URL}{reverse('own_sign_on_back')}"


@open_to_all
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer: whoever it proves comes in; anything else leads back to the door."""
    asked = request.session.pop(ASKED, None)
    found = sign_on_by_id(UUID(asked["id"])) if asked else None
    again = asked is not None and "again" in asked
    try:
        if asked is None or found is None or time.time() - asked["at"] > LASTS:
            raise NotProved("nothing was asked")
        user_id = _proved(request, asked, found)
        if again:
            return sign_on_again.go_on(request, user_id=user_id, sign_on=found, then=asked["again"])
    except NotProved as trouble:
        log.warning("own sign-on proved nothing", why=str(trouble))
        if again and request.user.is_authenticated:
            return sign_on_again.page(request, then=asked["again"], failed=True)
        context = {"form": EmailForm(), "unknown": False, "failed": True}
        return render(request, "web/members/sign_on.html", context, status=403)
    login(request, get_user_model().objects.get(pk=user_id), backend=BACKEND)
    request.session[ORGANIZATION] = str(found.organization_id)
    request.session[BY_SIGN_ON] = str(found.organization_id)
    return redirect("home")


def _proved(request: HttpRequest, asked: dict[str, Any], found: SignOnCard) -> UUID:
    """The user for whom the provider's answer stands; raises NotProved."""
    if not constant_time_compare(request.GET.get("state", ""), asked["state"]):
        raise NotProved("another state")
    provider = Provider(found.issuer, found.client_id, secret_of(found.secret_variable))
    proof = prove(
        provider,
        code=request.GET.get("code", ""),
        back=_back(),
        nonce=asked["nonce"],
        verifier=asked["verifier"],
        since=asked["at"] if "again" in asked else None,
    )
    return user_for(proof, issuer=found.issuer, organization_id=found.organization_id, domain=found.domain)
