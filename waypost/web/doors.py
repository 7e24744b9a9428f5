"""The doors: who comes in, for which organization, and what happens after long silence."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone

from waypost.accounts import open_doors
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.network.cards import MembershipCard
from waypost.network.covering import cover_of, standing_in
from waypost.network.selectors import actor_for, memberships_of
from waypost.web import errors, parked
from waypost.web.access import needs_no_sign_in
from waypost.web.typed import typed

OPEN_PREFIXES = ("/accounts/", "/static/", "/healthz", "/i18n/")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LAST_SEEN = "last_seen"
ORGANIZATION = "organization_id"
COVER = "cover"
DOOR = "door"
Respond = Callable[[HttpRequest], HttpResponse]


class IdleTimeout:
    """Sign out after ``IDLE_MINUTES`` without a request; what was being typed is kept for the return."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """After CSRF was checked: end a session that has been silent too long."""
        if not request.user.is_authenticated:
            return None
        stamp = int(timezone.now().timestamp())
        silent = stamp - int(request.session.get(LAST_SEEN, stamp))
        if silent <= settings.IDLE_MINUTES * 60:
            request.session[LAST_SEEN] = stamp
            return None
        kept = parked.take_from(request)
        logout(request)
        if kept is not None:
            parked.keep(request, kept)
            return to_sign_in(request, "/resume/")
        return to_sign_in(request, request.get_full_path() if request.method == "GET" else "/home/")


class ActingOrganization:
    """Find out for which organization the user acts; ``request.actor`` is None for nobody."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        request.memberships = []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            memberships = self._memberships(request)
            request.memberships = memberships  # type: ignore[attr-defined]
            request.actor = covering(request, self._actor(request, memberships))  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def _memberships(request: HttpRequest) -> list[MembershipCard]:
        user_id: UUID = request.user.pk  # type: ignore[assignment]
        nobody_yet = Actor(user_id=user_id, name="", organization_id=None, organization_name="", role="")
        with acting(nobody_yet):
            return memberships_of(user_id)

    @staticmethod
    def _actor(request: HttpRequest, memberships: list[MembershipCard]) -> Actor | None:
        """The organization chosen in this session. One that was left does not silently become another:

        the forms that are still open were filled in for it, and are not taken any more.
        """
        wanted = request.session.get(ORGANIZATION, "")
        chosen = next((each for each in memberships if str(each.organization_id) == wanted), None)
        if chosen is None and memberships:
            chosen = memberships[0]
            request.session[ORGANIZATION] = str(chosen.organization_id)
            if wanted:
                rotate_token(request)
                request.left_organization = True  # type: ignore[attr-defined]
        return actor_for(chosen) if chosen else None


def covering(request: HttpRequest, actor: Actor | None) -> Actor | None:
    """The actor for a colleague, while a cover that was begun in this session is in force."""
    wanted = request.session.get(COVER)
    if actor is None or not wanted:
        return actor
    with acting(actor):
        cover = cover_of(actor, UUID(wanted))
    if cover is None:
        del request.session[COVER]
        return actor
    request.cover = cover  # type: ignore[attr-defined]
    return standing_in(actor, cover)


class KnownDoor:
    """Every sign-in is listed for its user, and ends when it was ended from elsewhere or is too old."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Within the request's transaction, for the user alone."""
        if not request.user.is_authenticated or request.path.startswith(OPEN_PREFIXES):
            return None
        actor = request.actor  # type: ignore[attr-defined]
        with acting(Actor(request.user.pk, "", actor and actor.organization_id, "", "")):
            door = open_doors.pass_through(
                user_id=request.user.pk,
                door_id=request.session.get(DOOR),
                organization_id=actor.organization_id if actor else None,
                agent=request.headers.get("User-Agent", ""),
            )
        if door is None:
            logout(request)
            return to_sign_in(request, "/home/")
        if request.session.get(DOOR) != str(door):
            request.session[DOOR] = str(door)
        return None


class SignInRequired:
    """Every page wants a sign-in unless its view is marked ``open_to_all``."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send strangers to the door, and members of nothing to a page that says so."""
        if needs_no_sign_in(view) or request.path.startswith(OPEN_PREFIXES):
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request, request.get_full_path() if request.method == "GET" else "/home/")
        if getattr(view, "for_whoever_signed_in", False):
            return None
        if request.actor is None:  # type: ignore[attr-defined]
            return render(request, "web/no_organization.html", {"typed": typed(request)}, status=403)
        if getattr(request, "left_organization", False) and request.method not in READING:
            return errors.csrf(request)
        return None


def to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    """To the sign-in page and back; a part of a page (htmx) sends the whole page there."""
    address = f"{settings.LOGIN_URL}?{urlencode({'next': then})}"
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)
