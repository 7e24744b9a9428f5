"""A large file fetched to the disk: only if it changed, and going on where the line broke off."""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from waypost.kernel.fetching.addresses import Network, NotFetched
from waypost.kernel.fetching.request import OK, PARTIAL, UNCHANGED, Answer, Limits, opened, pieces

ATTEMPTS = 4
FIRST_PAUSE = 1.0  # seconds, doubled each time
RANGE_REFUSED = 416
BUSY = (408, 425, 429, 500, 502, 503, 504)
_WORDS = {
    401: "asks for a password or key",
    403: "does not let Waypost in",
    404: "has nothing there",
    410: "has nothing there any more",
    429: "asks to be left alone for a while",
}


@dataclass(frozen=True, slots=True)
class Downloaded:
    """``changed`` False: the same as last time, nothing was written. ``resumed``: bytes that were there."""

    changed: bool
    url: str = ""
    etag: str = ""
    last_modified: str = ""
    size: int = 0
    resumed: int = 0
    name: str = ""


def download(
    url: str,
    target: Path,
    *,
    etag: str = "",
    last_modified: str = "",
    limits: Limits,
    networks: Sequence[Network] | None = None,
    told: Callable[[int], None] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Downloaded:
    """Fetch to ``target``; ``etag`` and ``last_modified`` are those of the last time.

    A line that breaks is taken up where it broke, if the server can; a beginning that lies beside the
    target from an earlier run (``.part``) as well. Raises NotFetched after several attempts.
    """
    part, wish = _Part(target), _Wish(url, etag, last_modified, networks, told)
    end = time.monotonic() + limits.seconds
    for attempt in range(ATTEMPTS):
        try:
            return _once(wish, part, replace(limits, seconds=end - time.monotonic()))
        except NotFetched as failed:
            if not failed.again or attempt == ATTEMPTS - 1 or time.monotonic() > end:
                raise
            pause(FIRST_PAUSE * 2**attempt)
    raise NotFetched("The address could not be fetched.", again=True)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked for in every attempt."""

    url: str
    etag: str
    last_modified: str
    networks: Sequence[Network] | None
    told: Callable[[int], None] | None

    def headers(self, begun: int, validator: str) -> dict[str, str]:
        """The rest of what has begun, or the whole if it changed."""
        if begun:
            return {"Range": f"bytes={begun}-", "If-Range": validator}
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


class _Part:
    """The beginning of a file, and by what the server will know whether it is still the same."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.body = target.with_name(f"{target.name}.part")
        self.note = target.with_name(f"{target.name}.part.json")

    def begun(self, url: str) -> tuple[int, str]:
        """How many bytes there are, and their validator; nothing of another address."""
        try:
            note = json.loads(self.note.read_text(encoding="utf-8"))
            size = self.body.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        same = note.get("url") == url and note.get("validator")
        return (size, str(note["validator"])) if same and size else (0, "")

    def remember(self, url: str, answer: Answer) -> None:
        """Only a strong tag or a date proves that two halves belong together (RFC 9110, 13.1.5)."""
        tag = answer.headers.get("etag", "")
        validator = tag if tag and not tag.startswith("W/") else answer.headers.get("last-modified", "")
        self.note.write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")

    def done(self) -> None:
        """The whole file takes its name."""
        os.replace(self.body, self.target)
        self.note.unlink(missing_ok=True)

    def forget(self) -> None:
        """Begin anew next time."""
        self.body.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def _once(wish: _Wish, part: _Part, limits: Limits) -> Downloaded:
    url = wish.url
    begun, validator = part.begun(url)
    headers = wish.headers(begun, validator)
    with opened(url, headers=headers, limits=limits, networks=wish.networks) as (source, answer):
        if answer.status == UNCHANGED:
            return Downloaded(False, answer.url, wish.etag, wish.last_modified)
        if answer.status == RANGE_REFUSED:
            part.forget()
            raise NotFetched("The file there is another one by now.", again=True)
        _check(answer)
        goes_on = answer.status == PARTIAL and answer.headers.get("content-range", "").startswith(
            f"bytes {begun}-"
        )
        if answer.status == PARTIAL and not goes_on:
            part.forget()
            raise NotFetched("The server sent another part than was asked for.", again=True)
        if not goes_on:
            begun = 0
            part.remember(url, answer)
        with part.body.open("ab" if goes_on else "wb") as out:
            for piece in pieces(source, limits.size - begun, wish.told):
                out.write(piece)
    part.done()
    return Downloaded(
        True,
        answer.url,
        answer.headers.get("etag", ""),
        answer.headers.get("last-modified", ""),
        part.target.stat().st_size,
        begun,
        _name(answer),
    )


def _check(answer: Answer) -> None:
    if answer.status in (OK, PARTIAL):
        return
    words = _WORDS.get(answer.status, f"answered with the error {answer.status}")
    raise NotFetched(f"The server {words}.", again=answer.status in BUSY, status=answer.status)


def _name(answer: Answer) -> str:
    """The file's name as the server or the address gives it, without any folder."""
    given = answer.headers.get("content-disposition", "")
    _, marked, name = given.partition("filename=")
    if not marked:
        name = answer.url.partition("?")[0].rstrip("/")
    return name.strip(' "').split(";")[0].replace("\\", "/").rpartition("/")[2].strip('"')[:100]
