"""The directory for those who work here: the same search, with what matters for a referral."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waypost.directory.selectors.kept import favourite_notes
from waypost.network.roles import Action, may
from waypost.web.public.find import answered, find_context
from waypost.web.staff.kept import directory_tabs, sharing


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Any signed-in worker; what one may keep for oneself stands beside it."""
    actor = request.actor  # type: ignore[attr-defined]
    keeps = may(actor.role, Action.CHECK_LISTING)
    context: dict[str, Any] = find_context(request) | {"staff": True, "keeps": keeps}
    if may(actor.role, Action.NOTE_LISTING):
        rows = context["found"].rows if context["found"] else []
        context |= {
            "tabs": directory_tabs(actor, "directory"),
            "sharing": sharing(actor),
            "favourites": favourite_notes(actor, [row.service.id for row in rows]),
        }
    return answered(request, "web/staff/directory.html", context)
