"""The front-desk view: initials and years of birth only, one key away, kept for this session."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from waypost.kernel import naming
from waypost.kernel.clock import now
from waypost.kernel.naming import Named
from waypost.kernel.transaction import acting
from waypost.network.roles import Role
from waypost.people.selectors import initials_for_referrers
from waypost.web.hiding import Hiding

CHOICE, MOMENT = "front_desk", "front_desk_moment"
A_MOMENT = timedelta(seconds=60)
Respond = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bar of the view says: who is on this page, and who is shown for a moment."""

    shown_key: str = ""
    until: datetime | None = None

    @property
    def people(self) -> list[Named]:
        """Those on this page, by initials."""
        found = [each for each in (naming.heard() or {}).values() if each.initials]
        return sorted(found, key=lambda each: (each.initials, each.year))

    @property
    def shown(self) -> Named | None:
        """Who is shown now, if he or she is on this page."""
        return (naming.heard() or {}).get(self.shown_key)

    @property
    def seconds(self) -> int:
        """How long still."""
        return max(1, int((self.until - now()).total_seconds())) if self.until else 0


class FrontDesk:
    """Hide names in every answer of a session that asked for it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_on(request):
            return self.get_response(request)
        desk = _desk(request)
        request.desk = desk  # type: ignore[attr-defined]
        with naming.listening() as heard:
            response = self.get_response(request)
            rest = [each for key, each in heard.items() if key != desk.shown_key]
            return _hidden(request, response, Hiding(rest), rest)


def is_on(request: HttpRequest) -> bool:
    """The choice of this session for this organization; before any, the organization's for referrers."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return False
    chosen = request.session.get(CHOICE) or {}
    if chosen.get("organization") == str(actor.organization):
        return bool(chosen.get("on"))
    if actor.role != Role.REFERRER:
        return False
    with acting(actor):
        choose(request, on=initials_for_referrers(actor))
    return bool(request.session[CHOICE]["on"])


def choose(request: HttpRequest, *, on: bool) -> None:
    """Keep the choice for this session and this organization."""
    request.session[CHOICE] = {"organization": str(request.actor.organization), "on": on}  # type: ignore[attr-defined]
    request.session.pop(MOMENT, None)


def show(request: HttpRequest, key: str) -> None:
    """Show this one person for a minute."""
    request.session[MOMENT] = {"key": key[:80], "until": int((now() + A_MOMENT).timestamp())}


def hide(request: HttpRequest) -> None:
    """Hide whoever is shown."""
    request.session.pop(MOMENT, None)


def discreet(words: str) -> str:
    """Words for paper or for saying once, as this session may read them."""
    heard = naming.heard()
    return words if heard is None else Hiding(heard.values()).text(words)


def shown(html: str) -> str:
    """A page for paper, as this session may read it."""
    heard = naming.heard()
    return html if heard is None else Hiding(heard.values()).page(html)


def _desk(request: HttpRequest) -> Desk:
    moment = request.session.get(MOMENT) or {}
    until = datetime.fromtimestamp(int(moment.get("until", 0)), tz=UTC)
    if until <= now():
        return Desk()
    return Desk(shown_key=str(moment.get("key", "")), until=until)


def _hidden(
    request: HttpRequest, response: HttpResponse, hiding: Hiding, people: list[Named]
) -> HttpResponse:
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not people or not kind.startswith(("text/html", "text/csv")):
        return response
    body = response.content.decode(response.charset)
    if kind.startswith("text/csv"):
        response.content = hiding.text(body)
        return response
    if request.method == "GET" and hiding.stands_in_a_form(body):
        response.content = render(request, "web/front_desk_closed.html", {"people": people}).content.decode()
        body = response.content.decode()
    response.content = hiding.page(body)
    if "Content-Length" in response.headers:
        response["Content-Length"] = str(len(response.content))
    return response
