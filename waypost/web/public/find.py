"""Find help: the first page, open to anybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from waypost.directory.services.unmet import record_unmet
from waypost.web.access import open_directory
from waypost.web.finding import Looking, find, looking_for
from waypost.web.public.meta import of_search
from waypost.web.public.need_groups import need_groups
from waypost.web.quick_exit import speaks_of_violence

MACHINES = ("bot", "crawl", "spider", "slurp")


@open_directory
@require_safe
def find_help(request: HttpRequest) -> HttpResponse:
    """Search first; the needs as doors when nothing was typed yet."""
    return answered(request, "web/public/find.html", find_context(request))


def answered(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; a refreshed part of it leaves a tidy address in the browser."""
    answer = render(request, template, context)
    if getattr(request, "htmx", False):
        page = context["found"].page.number if context["found"] else 1
        answer["HX-Push-Url"] = (
            request.path + context["looking"].link() + (f"&page={page}" if page > 1 else "")
        )
    return answer


def find_context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows; the directory of the staff shows the same in its own frame."""
    looking = looking_for(request)
    found = find(request, looking) if looking.anything else None
    if found and not found.total and not _is_machine(request):
        record_unmet(
            words=looking.words, need=looking.need, place=looking.place, language=get_language() or ""
        )
    return {
        "looking": looking,
        "found": found,
        "meta": of_search(looking),
        "doors": [] if looking.anything else need_groups(),
        "urgent": speaks_of_violence(looking.words, looking.need),
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
        "bare": Looking(looking.words, looking.place).link(),
        "kept": looking.kept_beside("words", "place"),
        "typed": [pair for pair in looking.pairs() if pair[0] in ("q", "zip")],
    }


def _is_machine(request: HttpRequest) -> bool:
    """Whether a search engine says that it is one: its visits are nobody's need."""
    agent = request.headers.get("User-Agent", "").lower()
    return any(word in agent for word in MACHINES)
