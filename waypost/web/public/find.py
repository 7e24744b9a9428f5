"""Find help: the first page, open to anybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waypost.directory.selectors import need_categories
from waypost.web.access import open_directory
from waypost.web.finding import MILES, TODAY, Looking, find, looking_for
from waypost.web.presenting import language_choices
from waypost.web.public.need_groups import need_groups

URGENT = ("intimate-partner-violence", "elder-abuse")


@open_directory
@require_safe
def find_help(request: HttpRequest) -> HttpResponse:
    """Search first; the needs as doors when nothing was typed yet."""
    return render(request, "web/public/find.html", find_context(request))


def find_context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows; the directory of the staff shows the same in its own frame."""
    looking = looking_for(request)
    return {
        "looking": looking,
        "found": find(request, looking) if looking.anything else None,
        "groups": [] if looking.anything else need_groups(),
        "urgent": looking.need in URGENT,
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
        "choices": _choices(looking),
    }


def _choices(looking: Looking) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The selects of "More filters": name, label, and (value, words, chosen)."""
    days = [("", _("Any day")), (TODAY, _("Today")), *((str(each), str(WEEKDAYS[each])) for each in range(7))]
    needs = [("", _("Any need")), *((each.code, each.name) for each in need_categories()[1:])]
    languages = [("", _("Any language")), *language_choices()[:-1]]
    miles = [(str(each), _("%(miles)s miles") % {"miles": each}) for each in MILES]
    return [
        ("need", _("Need"), _marked(needs, looking.need)),
        ("language", _("Language"), _marked(languages, looking.language)),
        ("day", _("Open on"), _marked(days, looking.day)),
        ("miles", _("Within"), _marked(miles, str(looking.miles))),
    ]


def _marked(pairs: list[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
    return [(value, words, value == chosen) for value, words in pairs]
