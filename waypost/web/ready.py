"""Before anything else: the confidentiality training (requirements, B15), then the second step."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waypost.accounts import training
from waypost.accounts.adapter import BY_SIGN_ON
from waypost.accounts.second_step import has_second_step
from waypost.kernel.clock import today
from waypost.network.selectors import organization
from waypost.web import parked
from waypost.web.access import needs_no_sign_in

PASSES = ("/accounts/", "/static/", "/healthz", "/i18n/", "/hsds/", "/members/join/")
TRAINED = "trained"  # version and last day, so that a page costs no query
Respond = Callable[[HttpRequest], HttpResponse]


class Ready:
    """Lead users without a valid training to it; what they were sending is kept for the return."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Pages that need no sign-in stay open; everything else waits."""
        if not request.user.is_authenticated or request.path.startswith(PASSES):
            return None
        if getattr(view, "for_whoever_signed_in", False) or needs_no_sign_in(view):
            return None
        if not is_trained(request):
            return lead(request, "/account/training/")
        return lead(request, "/accounts/2fa/") if lacks_second_step(request) else None


def is_trained(request: HttpRequest) -> bool:
    """Whether the training of this user counts today."""
    version, _, last = str(request.session.get(TRAINED, "")).partition(":")
    on = today()
    if version == training.current_page(on=on).version and last >= on.isoformat():
        return True
    standing = training.standing(request.user.pk) if request.user.pk else None
    if standing is None or not standing.counts(on):
        return False
    request.session[TRAINED] = f"{standing.version}:{standing.valid_to.isoformat()}"
    return True


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether the acting organization asks for a second step by now and this user has none."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return False
    if request.session.get(BY_SIGN_ON) == str(actor.organization):
        return False  # the organization's own sign-on sees to it
    asked = organization(actor.organization).second_step_from
    return asked is not None and asked <= today() and not has_second_step(actor.user_id)


def lead(request: HttpRequest, to: str) -> HttpResponse:
    """To the page that comes first, and back afterwards; a part of a page sends the whole page there."""
    kept = parked.take_from(request)
    if kept is not None:
        parked.keep(request, kept)
    then = request.get_full_path() if request.method == "GET" and not getattr(request, "htmx", False) else ""
    address = f"{to}?{urlencode({'next': then})}" if then else to
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)
