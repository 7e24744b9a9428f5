"""Two pages of plain words for staff: what may be shared, and what to say where others hear it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants


@require_safe
@wants(*Action)
def fact_sheet(request: StaffRequest) -> HttpResponse:
    """Examples of what may and may not be shared, with whom, when: one version for the whole network."""
    return render(request, "web/guides/fact_sheet.html")


@require_safe
@wants(*Action)
def spoken(request: StaffRequest) -> HttpResponse:
    """What to say in a waiting room, at a counter, on the phone."""
    return render(request, "web/guides/spoken.html")
