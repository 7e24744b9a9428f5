"""A feed brought from its address: a file, or an HSDS 3 API read page by page."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from waypost.directory import selectors, services
from waypost.directory.import_cards import FeedCard, RunCard
from waypost.interop.imports import folders
from waypost.kernel.fetching import Limits, NotFetched, download, fetch

FILE = Limits(size=folders.MAX_UPLOAD, seconds=45 * 60, wait=60)
PAGE = Limits(size=50_000_000, seconds=120, wait=60)
PER_PAGE = 100
MOST_SERVICES = 500_000
ATTEMPTS = 5
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 60.0
API = "api"
OK, NOT_FOUND, GONE = 200, 404, 410
BUSY = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Brought:
    """``changed`` False: there is nothing new."""

    changed: bool
    etag: str = ""
    last_modified: str = ""


def bring(run: RunCard, pause: Callable[[float], None] = time.sleep) -> Brought:
    """Fetch the feed's files into the import's folder, unless they are there. Raises NotFetched."""
    note = folders.folder(run.id) / "brought.json"
    if note.exists() and folders.files_of(run.id):
        return Brought(**json.loads(note.read_text(encoding="utf-8")))
    feed = selectors.feed(run.feed_id)
    place = folders.folder(run.id) / "files"
    place.mkdir(exist_ok=True)
    found = _api(run, feed, place, pause) if feed.kind == API else _file(run, feed, place, pause)
    if found.changed:
        note.write_text(json.dumps(asdict(found)), encoding="utf-8")
        services.name_files(run_id=run.id, files=[each.name for each in folders.files_of(run.id)])
    return found


def _file(run: RunCard, feed: FeedCard, place: Path, pause: Callable[[float], None]) -> Brought:
    etag, last_modified = selectors.feed_state(feed.id)
    held = folders.folder(run.id) / "download"
    done = download(
        feed.url,
        held,
        etag=etag,
        last_modified=last_modified,
        limits=FILE,
        told=lambda size: folders.say(run.id, "fetching", size // 1_000_000, 0),
        pause=pause,
    )
    if done.changed:
        held.rename(place / _name(done.name, held))
    return Brought(done.changed, done.etag, done.last_modified)


def _name(given: str, held: Path) -> str:
    """The file's own name, with an ending that says what its first bytes are, if it has none."""
    name = folders.plain_name(given)
    if name.lower().endswith(folders.SUFFIXES):
        return name
    with held.open("rb") as opened:
        start = opened.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:2] == b"PK":
        return f"{name}.zip"
    return f"{name}.json" if start[:1] in (b"{", b"[") else f"{name}.csv"


def _api(run: RunCard, feed: FeedCard, place: Path, pause: Callable[[float], None]) -> Brought:
    """Every service of the API with all that belongs to it, one JSON object a line.

    What an earlier worker had read stays: its lines are counted and not asked for again.
    """
    held = folders.folder(run.id) / "services.ndjson"
    have = _have(held)
    size = held.stat().st_size if held.exists() else 0
    with held.open("ab") as out:
        for number, known in enumerate(_ids(feed.url, pause), start=1):
            if number > MOST_SERVICES:
                raise NotFetched(f"The API lists more than {MOST_SERVICES} services.")
            if known in have:
                continue
            have.add(known)
            whole = _get(f"{_base(feed.url)}/services/{quote(known, safe='')}", pause, missing=True)
            if isinstance(whole, dict):
                line = json.dumps(whole).encode() + b"\n"
                size += len(line)
                if size > folders.MAX_UPLOAD:
                    raise NotFetched(f"The API's services are more than {folders.MAX_UPLOAD // 1024**2} MB.")
                out.write(line)
                out.flush()
            folders.say(run.id, "fetching", number, 0)
    held.rename(place / "services.ndjson")
    return Brought(True)


def _have(held: Path) -> set[str]:
    """Ids in whole lines; a line that was cut off is taken away."""
    if not held.exists():
        return set()
    whole = held.read_bytes().rpartition(b"\n")[0]
    held.write_bytes(whole + b"\n" if whole else b"")
    return {str(json.loads(line).get("id")) for line in whole.split(b"\n") if line.strip()}


def _ids(url: str, pause: Callable[[float], None]) -> Iterator[str]:
    """The ids of all services, page after page; each once."""
    number, pages, seen = 1, 1, set[str]()
    while number <= pages:
        query = urlencode({"page": number, "per_page": PER_PAGE})
        page = _get(f"{_base(url)}/services?{query}", pause)
        if not isinstance(page, dict) or not isinstance(page.get("contents"), list):
            raise NotFetched("The address is no HSDS 3 API: /services gives no page of services.")
        fresh = [str(each["id"]) for each in page["contents"] if isinstance(each, dict) and each.get("id")]
        fresh = [each for each in fresh if each not in seen]
        if not fresh:  # an API that gives the same page for every number ends here
            return
        seen.update(fresh)
        yield from fresh
        pages = page["total_pages"] if isinstance(page.get("total_pages"), int) else number + 1
        number += 1


def _get(url: str, pause: Callable[[float], None], *, missing: bool = False) -> Any:
    """JSON from an address; None where there is nothing any more. Tried again while the API is busy."""
    for attempt in range(ATTEMPTS):
        last = attempt == ATTEMPTS - 1
        try:
            answer = fetch(url, headers={"Accept": "application/json"}, limits=PAGE)
        except NotFetched as failed:
            if last or not failed.again:
                raise
            pause(FIRST_PAUSE * 2**attempt)
            continue
        if answer.status == OK:
            try:
                return json.loads(answer.body)
            except (ValueError, RecursionError):
                raise NotFetched("The API answered with something that is not JSON.") from None
        if missing and answer.status in (NOT_FOUND, GONE):
            return None
        if answer.status not in BUSY or last:
            raise NotFetched(f"The API answered with the error {answer.status}.", status=answer.status)
        pause(_asked(answer.headers.get("retry-after", ""), FIRST_PAUSE * 2**attempt))
    return None


def _asked(header: str, usual: float) -> float:
    """How long the API wants to be left alone, within reason."""
    return min(float(header), LONGEST_PAUSE) if header.isascii() and header.isdigit() else usual


def _base(url: str) -> str:
    """The API's address without /services and a slash behind it."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix("/services")
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
