"""Whoever is signed in shows once more, at the organization's own provider, who it is; then it goes on."""

from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from waypost.accounts import again
from waypost.accounts.oidc.asked import own_sign_on_of
from waypost.accounts.oidc.provider import NotProved
from waypost.network.cards import SignOnCard
from waypost.network.signing_on import sign_on_by_id

FORBIDDEN = 403


def sign_on_of(request: HttpRequest) -> SignOnCard:
    """The sign-on of whoever is signed in; 404 where there is none."""
    user = request.user
    found = own_sign_on_of(user.pk, user.email) if user.is_authenticated else None
    card = sign_on_by_id(found) if found is not None else None
    if card is None:
        raise Http404
    return card


def where_to(request: HttpRequest) -> str:
    """Where it leads afterwards: an address of this site, or nothing."""
    return get_next_redirect_url(request, "next") or ""


def page(request: HttpRequest, *, then: str, failed: bool = False) -> HttpResponse:
    """What is asked and why, with the other ways that this user has."""
    here = reverse("own_sign_on_again")
    carried = f"?{urlencode({'next': then})}" if then else ""
    others = [
        {**each, "url": f"{each['url']}{carried}"}
        for each in get_adapter().get_reauthentication_methods(request.user)
        if each["url"] != here
    ]
    context = {"then": then, "failed": failed, "others": others, "organization": sign_on_of(request)}
    return render(request, "web/members/sign_on_again.html", context, status=FORBIDDEN if failed else 200)


def go_on(request: HttpRequest, *, user_id: UUID, sign_on: SignOnCard, then: str) -> HttpResponse:
    """Keep that it was shown, and do what waited for it; raises NotProved for anybody else than who asked."""
    user = request.user
    if not user.is_authenticated or user.pk != user_id:
        raise NotProved("somebody else signed on")
    again.shown(request, user, sign_on.id)
    request.GET = QueryDict(urlencode({"next": then}))
    answer: HttpResponse | None = resume_request(request)
    return answer or redirect("home")
