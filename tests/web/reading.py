"""Reading answers of pages in tests."""

import re
import zlib

from django.contrib.messages import get_messages
from django.http import HttpResponse

OK, FOUND, BAD, FORBIDDEN, NOT_FOUND, REFUSED = 200, 302, 400, 403, 404, 422


def text(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()


def said(response: HttpResponse) -> list[str]:
    """The messages that the next page will show."""
    return [str(each) for each in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def opened(body: bytes) -> bytes:
    """The file with its compressed streams laid open."""
    found = re.findall(rb"stream\n(.*?)\nendstream", body, re.DOTALL)
    return body + b"".join(zlib.decompress(each) for each in found if each[:1] == b"x")
