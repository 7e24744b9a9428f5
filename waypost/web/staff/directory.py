"""The directory for those who work here: the same search, with what matters for a referral."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waypost.web.public.find import answered, find_context


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Any signed-in worker."""
    return answered(request, "web/staff/directory.html", find_context(request) | {"staff": True})
