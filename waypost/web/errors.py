"""Pages for when something goes wrong: plain words, nothing revealed."""

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.template import loader

from waypost.web.typed import typed

LARGEST = 64 * 1024 * 1024
PART = 64 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read."""
    _take_the_rest(request)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this role may not do this."""
    return render(request, "403.html", status=403)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old, or came from elsewhere."""
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not here, or not open to you; both look the same."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Rendered without the database, which may be the cause."""
    return HttpResponse(loader.get_template("500.html").render({}, None), status=500)


def _take_the_rest(request: HttpRequest) -> None:
    """Let the browser finish sending what was too large: one that is cut off shows an error of its own."""
    left = LARGEST
    try:
        while left > 0 and (part := request.read(PART)):
            left -= len(part)
    except (OSError, RawPostDataException):  # it went away, or was read already
        return
