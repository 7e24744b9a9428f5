"""One address fetched, with its redirections, each checked anew."""

import contextlib
import http.client
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin

from waypost.kernel.fetching.addresses import Network, NotFetched, allowed_networks, resolve
from waypost.kernel.fetching.connecting import asking

AGENT = "Waypost (community directory)"
REDIRECTS = (301, 302, 303, 307, 308)
GZIP_WINDOW = 47  # zlib: read gzip and zlib alike
PIECE = 65536
OK, PARTIAL, UNCHANGED = 200, 206, 304


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the body, seconds for everything, the longest silence in seconds, hops."""

    size: int = 20_000_000
    seconds: float = 60.0
    wait: float = 20.0
    hops: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the status, the last address, headers by small letters, the body as it was meant."""

    status: int
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Open(Protocol):
    """An answer whose body has not been read yet."""

    status: int

    def read(self, amount: int) -> bytes:
        """The next bytes of the body, empty at its end."""
        ...


@contextlib.contextmanager
def opened(
    url: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    limits: Limits,
    networks: Sequence[Network] | None = None,
) -> Iterator[tuple[http.client.HTTPResponse, Answer]]:
    """The answer at the end of all redirections, its body unread. Raises NotFetched."""
    allowed = tuple(networks) if networks is not None else allowed_networks()
    end = time.monotonic() + limits.seconds
    sent = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **(headers or {})}
    for _ in range(limits.hops + 1):
        place = resolve(url, allowed)
        left = end - time.monotonic()
        if left <= 0:
            raise NotFetched(f"{place.host} took too long to answer.", again=True)
        with asking(place, method, sent, wait=min(limits.wait, left), seconds=left) as answer:
            found = {name.lower(): value for name, value in answer.getheaders()}
            if answer.status in REDIRECTS and found.get("location"):
                url = _next(url, found["location"])
                continue
            yield answer, Answer(answer.status, url, found)
            return
    raise NotFetched("The address leads on and on to others.")


def fetch(
    url: str,
    *,
    headers: dict[str, str] | None = None,
    limits: Limits | None = None,
    networks: Sequence[Network] | None = None,
) -> Answer:
    """GET an address into memory, whatever its status. Raises NotFetched, also when it is too large."""
    bounds = limits or Limits()
    asked = {"Accept-Encoding": "gzip", **(headers or {})}
    with opened(url, headers=asked, limits=bounds, networks=networks) as (source, answer):
        packed = answer.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate")
        body = b"".join(_unpacked(source, bounds.size) if packed else pieces(source, bounds.size))
    return Answer(answer.status, answer.url, answer.headers, body)


def look(url: str, *, limits: Limits | None = None, networks: Sequence[Network] | None = None) -> Answer:
    """Whether something answers there: status and last address, without the body. Raises NotFetched.

    A GET, because many servers answer HEAD wrongly; the line is closed before the body comes.
    """
    with opened(url, limits=limits or Limits(seconds=20, wait=10), networks=networks) as (_source, answer):
        return answer


def pieces(source: Open, size: int, told: Callable[[int], None] | None = None) -> Iterator[bytes]:
    """The body in pieces; raises NotFetched when it grows beyond ``size`` bytes."""
    total = 0
    while piece := source.read(PIECE):
        total += len(piece)
        if total > size:
            raise NotFetched(f"What lies there is larger than {_megabytes(size)}.")
        if told:
            told(total)
        yield piece
    missing = getattr(source, "length", None)
    if missing:
        raise http.client.IncompleteRead(b"", missing)


def _unpacked(source: Open, size: int) -> Iterator[bytes]:
    reader = zlib.decompressobj(GZIP_WINDOW)
    total = 0
    try:
        for piece in pieces(source, size):
            rest = piece
            while rest:
                part = reader.decompress(rest, PIECE)
                rest = reader.unconsumed_tail
                total += len(part)
                if total > size:
                    raise NotFetched(f"What lies there unpacks to more than {_megabytes(size)}.")
                yield part
    except zlib.error:
        raise NotFetched("The answer is packed in a way that cannot be read.") from None


def _next(url: str, location: str) -> str:
    try:
        target = urljoin(url, location.strip())
    except ValueError:
        raise NotFetched("The address leads on to one that cannot be read.") from None
    if url.startswith("https:") and target.startswith("http:"):
        raise NotFetched("The address leads on from a secure connection to an open one.")
    return target


def _megabytes(size: int) -> str:
    return f"{max(size // 1_000_000, 1)} MB"
