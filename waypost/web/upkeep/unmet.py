"""Needs for which nothing was found, and requests of workers to find something."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.directory.selectors import gaps as selectors
from waypost.directory.selectors import need_category_name
from waypost.directory.services import gaps as services
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.staff.kept import tell
from waypost.web.upkeep.tabs import tabs

PERIODS = (30, 90, 365)


@require_safe
@wants(Action.KEEP_DIRECTORY)
def unmet(request: StaffRequest) -> HttpResponse:
    """Counts of a period, most often first; open requests before them."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(each) for each in PERIODS} else PERIODS[1]
    rows, number = selectors.unmet_needs(days=days)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_unmet"),
        "gaps": selectors.gaps(request.actor, to_answer=True, closed="closed" in request.GET),
        "closed": "closed" in request.GET,
        "rows": [(each, need_category_name(each.need) if each.need else "") for each in rows],
        "number": number,
        "days": days,
        "periods": PERIODS,
    }
    return render(request, "web/upkeep/unmet.html", context)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def gap_answer(request: StaffRequest, gap_id: UUID) -> HttpResponse:
    """Say what was found: words, and the service where it is in the directory."""
    with attempt() as tried:
        services.answer_gap(
            actor=request.actor,
            gap_id=gap_id,
            answer=request.POST.get("answer", ""),
            service_id=_service(request.POST.get("service", "")),
        )
    tell(request, tried.refusal, _("Answered. Whoever asked sees it in the directory."))
    return redirect("upkeep_unmet")


def _service(typed: str) -> UUID | None:
    """An id, or the address of a service's page."""
    parts = [each for each in typed.strip().split("/") if each]
    for each in reversed(parts):
        try:
            return UUID(each)
        except ValueError:
            continue
    return None
