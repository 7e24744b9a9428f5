"""What Waypost is, who runs this network, and what happens to what one tells it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.web.access import open_to_all
from waypost.web.public.meta import of_about


@open_to_all
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """One page of plain words, open to all."""
    return render(request, "web/public/about.html", {"meta": of_about()})
