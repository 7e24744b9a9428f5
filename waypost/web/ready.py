"""Before anything else: the confidentiality training of whoever signed in (requirements, B15)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waypost.accounts import training
from waypost.kernel.clock import today
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
        return None if is_trained(request) else lead(request, "/account/training/")


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
