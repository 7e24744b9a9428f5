"""Doors of views: signed in by default, open to all by mark, and by what a role may do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class StaffRequest(HttpRequest):
    """A request that has come through the doors: somebody acts for an organization."""

    actor: Actor


def open_to_all(view: View) -> View:
    """Mark a view as needing no sign-in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def for_whoever_signed_in(view: View) -> View:
    """Mark a page of one's own account: no organization, training or second factor is asked for first."""
    view.for_whoever_signed_in = True  # type: ignore[attr-defined]
    return view


def open_directory(view: View) -> View:
    """Mark a page of the directory: open to all unless this installation keeps its directory to itself."""
    view.of_the_directory = True  # type: ignore[attr-defined]
    return open_to_all(view)


def needs_no_sign_in(view: object) -> bool:
    """Whether anybody may open this view here."""
    if getattr(view, "of_the_directory", False) and not settings.PUBLIC_DIRECTORY:
        return False
    return getattr(view, "open_to_all", False)


def wants(*actions: Action) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let in whoever holds one of these actions; what is not visible answers 404."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is None or not any(may(actor.role, each) for each in actions):
                raise PermissionDenied
            try:
                return view(cast(StaffRequest, request), *args, **kwargs)
            except NotVisible as hidden:
                raise Http404 from hidden

        inner.actions = actions  # type: ignore[attr-defined]
        return inner

    return decorate


def ask_again_who_it_is(request: HttpRequest) -> None:
    """Lead to password, code or the organization's sign-on unless one was given in the last five minutes.

    For what a passer-by at an open screen must not do (OWASP ASVS 3.7). Call it once it is clear that the
    reader may do it, and before the first write; afterwards it leads on to what was asked.
    """
    reauthentication_required(lambda asked: None)(request)
