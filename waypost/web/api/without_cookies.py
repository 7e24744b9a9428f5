"""The API knows nobody: a cookie that a browser sends along is not looked at, and none is set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/hsds/"
Respond = Callable[[HttpRequest], HttpResponse]


class WithoutCookies:
    """Outside of sessions: what is answered is the same for everybody, and anything between may keep it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        answer = self.get_response(request)
        answer.cookies.clear()
        kept = [each.strip() for each in answer.get("Vary", "").split(",")]
        answer["Vary"] = ", ".join(each for each in kept if each and each.lower() not in _PERSONAL)
        if not answer["Vary"]:
            del answer["Vary"]
        return answer


_PERSONAL = ("cookie", "accept-language")
