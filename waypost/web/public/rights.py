"""For whoever is served: what one may ask for, and how to say that privacy was broken."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waypost.network.selectors import organizations
from waypost.web.access import open_to_all


@require_GET
@open_to_all
def rights(request: HttpRequest) -> HttpResponse:
    """Rights in plain words, and whom to call: each organization, the network, the government."""
    known = [each for each in organizations() if each.phone and not each.is_victim_service]
    context = {"organizations": known, "contact": settings.CONTACT_EMAIL}
    return render(request, "web/public/rights.html", context)
