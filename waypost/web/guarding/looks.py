"""Who looked, by worker: where a privacy officer begins to ask."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waypost.guarding.selectors.looks import looks_by_worker
from waypost.kernel import audit
from waypost.kernel.clock import now
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants

DAYS = (7, 30, 90)


@require_GET
@wants(Action.GUARD_PRIVACY)
def looks_page(request: StaffRequest) -> HttpResponse:
    """Looks into single records in the last days, most looks outside of one's own caseload first."""
    typed = request.GET.get("days", "")
    days = int(typed) if typed in {str(each) for each in DAYS} else DAYS[1]
    audit.record("privacy.looks", actor=request.actor, days=days)
    context = {
        "rows": looks_by_worker(request.actor, since=now() - timedelta(days=days)),
        "days": days,
        "choices": DAYS,
    }
    return render(request, "web/guarding/looks.html", context)
