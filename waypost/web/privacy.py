"""Pages about people are kept by nobody, and no page lends the device's senses or itself to others."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FOR_PROGRAMS = "/hsds/"
DOORS = ("/accounts/", "/members/join/")
NO_SENSES = ", ".join(
    f"{each}=()"
    for each in (
        "camera",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "display-capture",
        "browsing-topics",
    )
)
Respond = Callable[[HttpRequest], HttpResponse]


class KeptByNobody:
    """Whatever is answered to somebody who is signed in, or at the door, may not be stored (ASVS 8.2.1)."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NO_SENSES)
        if not request.path.startswith(FOR_PROGRAMS):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.user.is_authenticated or request.path.startswith(DOORS):
            response["Cache-Control"] = "no-store, private"
        return response
