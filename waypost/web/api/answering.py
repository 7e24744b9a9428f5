"""How the API answers: JSON for anybody's page, a tag for those who hold it already, errors in words."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.csrf import csrf_exempt

from waypost.web.access import open_to_all
from waypost.web.api.asked import BadQuestion
from waypost.web.api.pace import address_of, seconds_to_wait
from waypost.web.api.turns import take_turn

LINES = "application/x-ndjson"
READ = ("GET", "HEAD", "OPTIONS")
Answer = HttpResponseBase


class Missing(Exception):
    """Nothing is known by this id; ``gone`` tells of a listing that was there."""

    def __init__(self, words: str, gone: dict[str, Any] | None = None) -> None:
        super().__init__(words)
        self.words, self.gone = words, gone


def endpoint(*more: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """A view of the API; ``more``: methods besides reading. It needs no cookie and sets none."""
    methods = (*READ[:2], *more, READ[2])

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @csrf_exempt
        @open_to_all
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
            return _for_any_page(_answer(request, view, methods, *args, **kwargs), methods)

        return inner

    return decorate


def _answer(
    request: HttpRequest, view: Callable[..., Answer], methods: tuple[str, ...], *args: Any, **kwargs: Any
) -> Answer:
    if refusal := _refusal(request, methods):
        return refusal
    try:
        return view(request, *args, **kwargs)
    except BadQuestion as bad:
        return problem(400, bad.words, **({"parameter": bad.parameter} if bad.parameter else {}))
    except Missing as missing:
        return problem(410 if missing.gone else 404, missing.words, **(missing.gone or {}))


def _refusal(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    """What is answered before anything is looked up; None when the question may go on."""
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer["Allow"] = ", ".join(methods)
        return answer
    if request.method not in methods:
        answer = problem(405, f"This address takes {', '.join(methods)}.")
        answer["Allow"] = ", ".join(methods)
        return answer
    if not settings.PUBLIC_DIRECTORY:
        return problem(403, "This directory is not open to the public.")
    if wait := seconds_to_wait(request):
        answer = problem(429, f"That was too often. Ask again in {wait} seconds.")
        answer["Retry-After"] = str(wait)
        return answer
    return None


def problem(status: int, words: str, **more: Any) -> HttpResponse:
    """An error as JSON, in words."""
    body = json.dumps({"status": status, "error": words, **more}, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/json")


def answer_json(
    request: HttpRequest, body: Any, *, changed_at: datetime | None = None, links: Iterable[str] = ()
) -> HttpResponse:
    """200, or 304 to somebody who holds the same already (RFC 9110, 13.1: the tag counts before the day)."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    same = _holds_tag(request, tag)
    if same is None and changed_at is not None:
        since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
        same = since is not None and int(changed_at.timestamp()) <= since
    answer = HttpResponse(status=304) if same else HttpResponse(text, content_type="application/json")
    if same:
        del answer["Content-Type"]
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, max-age=60"
    if changed_at is not None:
        answer["Last-Modified"] = http_date(changed_at.timestamp())
    if found := ", ".join(links):
        answer["Link"] = found
    return answer


def _holds_tag(request: HttpRequest, tag: str) -> bool | None:
    """None when the question names no tag."""
    given = request.headers.get("If-None-Match")
    if given is None or request.method not in ("GET", "HEAD"):
        return None
    held = [each.strip().removeprefix("W/") for each in given.split(",")]
    return tag in held or "*" in held


def answer_lines(objects: Iterable[Any]) -> HttpResponse:
    """One object a line: a page of them, made whole, so that a slow reader keeps nobody waiting."""
    answer = HttpResponse(b"".join(_lines(objects)), content_type=LINES)
    answer["Cache-Control"] = "no-store"
    return answer


def stream_lines(request: HttpRequest, objects: Iterable[Any]) -> HttpResponseBase:
    """One object a line, sent while they are read; refused while others are read that way."""
    turn = take_turn(address_of(request))
    if turn is None:
        answer = problem(429, "The whole list is being read by others. Ask again in a minute, or for a page.")
        answer["Retry-After"] = "60"
        return answer
    streamed = StreamingHttpResponse(turn.over(_lines(objects)), content_type=LINES)
    streamed["Cache-Control"] = "no-store"
    return streamed


def _lines(objects: Iterable[Any]) -> Iterator[bytes]:
    return (f"{json.dumps(each, ensure_ascii=False, separators=(',', ':'))}\n".encode() for each in objects)


def _for_any_page(answer: Answer, methods: tuple[str, ...]) -> Answer:
    """Scripts of other sites may read this, without credentials (Fetch standard, CORS)."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = ", ".join(methods)
    answer["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match, If-Modified-Since"
    answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    answer["Access-Control-Max-Age"] = "86400"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
