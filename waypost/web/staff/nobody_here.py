"""Why a victim-service provider writes nobody down here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from waypost.kernel.errors import Refused
from waypost.network.selectors import refuse_victim_service
from waypost.web.access import StaffRequest

FORBIDDEN = 403


def names_people(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show the reason instead of a form that the law would let nobody send (28 CFR 90.4)."""

    @wraps(view)
    def inner(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            refuse_victim_service(request.actor)
        except Refused as refused:
            why = {"why": refused.message}
            return render(request, "web/staff/people/nobody_here.html", why, status=FORBIDDEN)
        return view(request, *args, **kwargs)

    return inner
