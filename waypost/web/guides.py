"""Three pages of plain words: what may be shared, what to say where others hear it, one's own rights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.network.roles import Action
from waypost.web.access import StaffRequest, open_to_all, wants


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


@open_to_all
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """A person's rights about what is kept and told, and how to say that something went wrong."""
    return render(request, "web/guides/rights.html")
