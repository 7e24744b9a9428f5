"""Pages about people are kept by nobody: not by the browser, not by anything between."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]


class KeptByNobody:
    """Whatever is answered to somebody who is signed in may not be stored (OWASP ASVS 8.2.1)."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response
