"""The directory for those who work here: the same search, with what matters for a referral."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.web.public.find import find_context


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Any signed-in worker."""
    return render(request, "web/staff/directory.html", find_context(request) | {"staff": True})
