"""Feeds from an address: fetched by the clock, only when changed, never from inside the house."""

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from tests.community import Community
from tests.rooms.kernel.loopback import Handler, Server, serving
from waypost.directory import selectors, services
from waypost.directory.models import Feed, ImportRun, Service
from waypost.interop import jobs
from waypost.interop.imports import folders, remote
from waypost.interop.imports.running import BROKEN, SHRUNK, carry_out
from waypost.kernel.clock import now
from waypost.kernel.models import Event
from waypost.messaging.selectors import notices

pytestmark = pytest.mark.django_db

TABLE = "id,organization_id,name\n"
FEED = {"name": "County 211", "cadence": "daily"}


@pytest.fixture(autouse=True)
def _here(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Loopback is allowed, pauses last no time, uploads lie in a folder of the test."""
    settings.IMPORT_DIR = tmp_path / "imports"  # type: ignore[attr-defined]
    settings.FETCH_PRIVATE = ("127.0.0.0/8",)  # type: ignore[attr-defined]
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr(remote.bring, "__defaults__", (lambda seconds: None,))
    yield


def package(count: int) -> bytes:
    """A JSON feed of one organization with so many services."""
    held = [{"id": f"s{number}", "name": f"Meals {number}"} for number in range(count)]
    return json.dumps([{"id": "o1", "name": "Cedar", "services": held}]).encode()


def due() -> list[ImportRun]:
    """What the clock starts now, carried out."""
    before = set(ImportRun.objects.values_list("id", flat=True))
    jobs.fetch_due.func(timestamp=0)
    started = list(ImportRun.objects.exclude(id__in=before))
    for run in started:
        carry_out(run.id)
        run.refresh_from_db()
    return started


def again(feed_id: UUID) -> None:
    """Its time has come once more."""
    Feed.objects.filter(pk=feed_id).update(next_at=now() - timedelta(minutes=1))


def static(body: bytes, **headers: str) -> Iterator[Server]:
    def answer(handler: Handler) -> None:
        if headers.get("etag") and handler.headers.get("If-None-Match") == headers["etag"]:
            handler.say(304)
        else:
            handler.say(200, body, **headers)

    return serving(answer)  # type: ignore[return-value]


def test_a_feed_comes_in_when_its_time_has_come_and_not_before(tmp_path: Path) -> None:
    with static(package(3), etag='"v1"') as server:  # type: ignore[attr-defined]
        feed_id = services.add_feed(**FEED, url=f"{server.url}/hsds/feed.json")
        (run,) = due()
        assert (run.state, run.files, run.asked_by) == ("done", ["feed.json"], "")
        assert run.counts["services"] == {
            "read": 3,
            "created": 3,
            "updated": 0,
            "unchanged": 0,
            "quarantined": 0,
        }
        assert due() == []
        feed = Feed.objects.get(pk=feed_id)
        assert feed.etag == '"v1"'
        assert timedelta(hours=23) < feed.next_at - now() <= timedelta(days=1)  # type: ignore[operator]
        again(feed_id)
        (unchanged,) = due()
        assert unchanged.state == "unchanged" and server.asked[-1][1]["if-none-match"] == '"v1"'
        assert list(folders.root().iterdir()) == []


def test_a_feed_inside_the_house_is_refused(settings: object, community: Community) -> None:
    settings.FETCH_PRIVATE = ()  # type: ignore[attr-defined]
    with static(package(1)) as server:  # type: ignore[attr-defined]
        services.add_feed(**FEED, url=server.url)
        (run,) = due()
    assert (run.state, server.asked) == ("failed", [])
    assert "public internet" in run.message


def test_a_failing_feed_is_tried_again_later_and_its_keeper_is_told(community: Community) -> None:
    def answer(handler: Handler) -> None:
        handler.say(503 if len(server.asked) <= 4 else 404)

    with serving(answer) as server:
        feed_id = services.add_feed(**FEED, url=f"{server.url}/feed.csv")
        (run,) = due()
        assert (run.state, len(server.asked)) == ("failed", 4)
        feed = Feed.objects.get(pk=feed_id)
        assert feed.failures == 1 and feed.last_error == run.message
        assert timedelta(minutes=14) < feed.next_at - now() <= timedelta(minutes=15)  # type: ignore[operator]
        assert due() == []
        again(feed_id)
        due()
        feed.refresh_from_db()
        assert timedelta(minutes=29) < feed.next_at - now() <= timedelta(minutes=30)  # type: ignore[operator]
    told = Event.objects.filter(name="directory.feed_failed")
    assert told.count() == 1  # the first time, not each time
    from waypost.kernel.events import as_announcement  # noqa: PLC0415
    from waypost.messaging.services import tell  # noqa: PLC0415

    tell(as_announcement(told.get()))
    (notice,) = notices(community.ivy)[0]
    assert notice.kind == "directory.feed_failed" and notices(community.ana)[0] == []


def test_a_feed_that_works_again_is_forgiven(community: Community) -> None:
    def answer(handler: Handler) -> None:
        if len(server.asked) == 1:
            handler.say(404)
        else:
            handler.say(200, package(1))

    with serving(answer) as server:
        feed_id = services.add_feed(**FEED, url=server.url)
        assert [each.state for each in due()] == ["failed"]
        again(feed_id)
        assert [each.state for each in due()] == ["done"]
    assert Feed.objects.get(pk=feed_id).failures == 0


def test_a_whole_feed_that_shrinks_waits_for_somebody(community: Community) -> None:
    sizes = [10, 2]

    def answer(handler: Handler) -> None:
        handler.say(200, package(sizes[min(len(server.asked) - 1, 1)]))

    with serving(answer) as server:
        feed_id = services.add_feed(**FEED, complete=True, url=server.url)
        assert [each.state for each in due()] == ["done"]
        again(feed_id)
        (held,) = due()
        assert (held.state, held.message) == ("ready", SHRUNK)
        assert Service.objects.filter(source="County 211", hidden_why="").count() == 10
        assert due() == []
        services.confirm_import(run_id=held.id)
        carry_out(held.id)
        held.refresh_from_db()
        assert held.state == "done"
        assert Service.objects.filter(source="County 211", hidden_why="").count() == 2


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body>502 Bad Gateway</body></html>",
        b"",
        b'{"error": "rate limited"}',
        gzip.compress(package(500))[:200],
        package(10)[:200],
        b"[]",
    ],
    ids=["an error page", "nothing", "an error as JSON", "half a gzip", "half of it", "an empty list"],
)
def test_an_answer_that_is_no_feed_hides_nothing(body: bytes, community: Community) -> None:
    """All of them come with the status 200, for a feed that is meant to bring everything it has."""

    def answer(handler: Handler) -> None:
        handler.say(200, package(10) if len(server.asked) == 1 else body)

    with serving(answer) as server:
        feed_id = services.add_feed(**FEED, complete=True, url=f"{server.url}/feed.json")
        assert [each.state for each in due()] == ["done"]
        again(feed_id)
        (failed,) = due()
    assert failed.state == "failed" and len(failed.message) > 10 and failed.message != BROKEN
    assert Service.objects.filter(source="County 211", hidden_why="").count() == 10
    assert Feed.objects.get(pk=feed_id).last_error == failed.message


@pytest.mark.parametrize(
    ("path", "headers", "name"),
    [
        ("/export.php?what=all", {"content_type": "text/html"}, "export.php.json"),
        ("/", {"content_disposition": 'attachment; filename="a feed.json"'}, "a feed.json"),
        ("/", {"content_disposition": "attachment; filename=../../etc/cron.json"}, "cron.json"),
        ("/feed", {}, "feed.json"),
    ],
)
def test_what_the_server_calls_it_does_not_matter(path: str, headers: dict[str, str], name: str) -> None:
    with static(package(1), **headers) as server:  # type: ignore[attr-defined]
        services.add_feed(**FEED, url=f"{server.url}{path}")
        (run,) = due()
    assert (run.state, run.files) == ("done", [name])


WHOLE = {
    f"s{number}": {
        "id": f"s{number}",
        "name": f"Meals {number}",
        "status": "active",
        "organization": {"id": "o1", "name": "Cedar", "description": "Food"},
        "phones": [{"id": f"p{number}", "number": "206-555-0100"}],
    }
    for number in range(250)
}


def api(handler: Handler) -> None:
    """An HSDS 3 API: pages of summaries, and each service in full."""
    parts = urlsplit(handler.path)
    if parts.path == "/hsds/services":
        asked = parse_qs(parts.query)
        number, size = int(asked["page"][0]), int(asked["per_page"][0])
        ids = list(WHOLE)[(number - 1) * size : number * size]
        pages = -(-len(WHOLE) // size)
        contents = [{"id": each, "name": WHOLE[each]["name"], "status": "active"} for each in ids]
        page = {"total_items": len(WHOLE), "total_pages": pages, "page_number": number, "contents": contents}
        handler.say(200, json.dumps(page).encode())
        return
    known = WHOLE.get(parts.path.rpartition("/")[2])
    handler.say(200 if known else 404, json.dumps(known or {}).encode())


@pytest.mark.parametrize("address", ["/hsds", "/hsds/", "/hsds/services", "/hsds/services?page=1"])
def test_an_api_is_read_page_by_page_and_service_by_service(address: str) -> None:
    with serving(api) as server:
        services.add_feed(**FEED, kind="api", url=f"{server.url}{address}")
        (run,) = due()
    assert {table: counts["created"] for table, counts in run.counts.items()} == {
        "organizations": 1,
        "services": 250,
        "phones": 250,
    }
    assert len(server.asked) == 3 + 250


def test_an_api_is_taken_up_where_a_worker_stopped() -> None:
    stop = True

    def answer(handler: Handler) -> None:
        if stop and len(server.asked) > 100:
            handler.say(410 if "page" in handler.path else 401)
        else:
            api(handler)

    with serving(answer) as server:
        feed_id = services.add_feed(**FEED, kind="api", url=f"{server.url}/hsds")
        run_id = services.ask_import(feed_id=feed_id, by="", how="url", complete=False, dry=False)
        services.start_run(run_id=run_id)
        run = selectors.run(run_id)
        with pytest.raises(remote.NotFetched):
            remote.bring(run)
        first = len(server.asked)
        stop = False
        carry_out(run_id)
        after = [path for path, _headers in server.asked[first:] if "page" not in path]
    assert selectors.run(run_id).counts["services"]["created"] == 250
    assert len(after) == 250 - 99


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"contents": 3}', b'{"services": []}', b"\xff\xfe", b"[" * 100_000]
)
def test_an_address_that_is_no_api_ends_in_words(body: bytes) -> None:
    with static(body) as server:  # type: ignore[attr-defined]
        services.add_feed(**FEED, kind="api", url=server.url)
        (run,) = due()
    assert run.state == "failed" and run.message


def test_an_api_does_not_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MAX_UPLOAD", 50)
    with serving(api) as server:
        services.add_feed(**FEED, kind="api", url=f"{server.url}/hsds")
        (run,) = due()
    assert run.state == "failed"
    assert "more than 0 MB" in run.message
    assert not (folders.root() / str(run.id)).exists()


def test_an_api_that_gives_the_same_page_for_ever_ends() -> None:
    page = json.dumps({"contents": [{"id": "s1"}], "total_pages": 10**9}).encode()

    def answer(handler: Handler) -> None:
        handler.say(200, page if "page" in handler.path else json.dumps(WHOLE["s1"]).encode())

    with serving(answer) as server:
        services.add_feed(**FEED, kind="api", url=server.url)
        (run,) = due()
    assert (run.state, len(server.asked)) == ("done", 3)
