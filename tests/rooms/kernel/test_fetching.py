"""Addresses that somebody typed in: nothing inside the house is reached, and nothing lasts for ever."""

import gzip
import ipaddress
import socket
import time
from pathlib import Path

import pytest

from tests.rooms.kernel.loopback import LOOPBACK, Handler, serving
from waypost.kernel.fetching import Limits, NotFetched, check_address, download, fetch, look
from waypost.kernel.fetching.addresses import is_open, resolve

# From IANA's registries of special-purpose addresses (RFC 6890 and its successors).
CLOSED = """127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254
100.64.0.1 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255
::1 :: fe80::1 fc00::1 fd12:3456::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1
2002:7f00:1:: 2002:a00:1:: 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 fec0::1""".split()
PUBLIC = "8.8.8.8 93.184.216.34 172.32.0.1 2606:2800:220:1::1 64:ff9b::808:808 ::ffff:8.8.8.8".split()


@pytest.mark.parametrize("text", CLOSED)
def test_what_is_not_public_is_closed(text: str) -> None:
    assert not is_open(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_is_open(text: str) -> None:
    assert is_open(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "example.org/feed",
        "http://user:secret@example.org/",
        "http://",
        "http:///feed",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nHost: other",
        "http://[::1",
        "https://example.org/" + "a" * 3000,
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(NotFetched):
        check_address(url)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]", "0"]
)
def test_the_own_machine_in_any_spelling_is_refused(host: str) -> None:
    with pytest.raises(NotFetched):
        resolve(f"http://{host}/", ())


def test_a_name_that_leads_inside_and_outside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.5", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    with pytest.raises(NotFetched, match="public internet"):
        resolve("http://feed.example.org/", ())


def test_the_machine_that_was_checked_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name leads elsewhere the second time: nobody looks a second time."""
    looked: list[str] = []

    def once(host: str, *rest: object, **more: object) -> list[object]:
        looked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", 80))]

    with serving(lambda handler: handler.say(200, b"here")) as server:
        port = server.url.rpartition(":")[2]
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *rest, **more: (
                once(host) if host == "feed.example.org" else real(host, *rest, **more)
            ),
        )
        answer = fetch(f"http://feed.example.org:{port}/a", networks=LOOPBACK)
    assert (answer.body, looked) == (b"here", ["feed.example.org"])
    assert server.asked[0][1]["host"] == f"feed.example.org:{port}"


def test_a_redirection_inside_is_refused() -> None:
    def answer(handler: Handler) -> None:
        handler.say(302, location="http://169.254.169.254/latest/meta-data/")

    with serving(answer) as server, pytest.raises(NotFetched, match="public internet"):
        fetch(server.url, networks=LOOPBACK)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://[::1", "gopher://example.org/"])
def test_a_redirection_to_no_address_is_refused(location: str) -> None:
    with serving(lambda handler: handler.say(301, location=location)) as server, pytest.raises(NotFetched):
        fetch(server.url, networks=LOOPBACK)


def test_a_ring_of_redirections_ends() -> None:
    with serving(lambda handler: handler.say(302, location="/again")) as server:
        with pytest.raises(NotFetched, match="on and on"):
            fetch(server.url, networks=LOOPBACK)
    assert len(server.asked) == 6


def test_a_redirection_is_followed() -> None:
    def answer(handler: Handler) -> None:
        if handler.path == "/new":
            handler.say(200, b"moved")
        else:
            handler.say(308, location="/new")

    with serving(answer) as server:
        assert look(f"{server.url}/old", networks=LOOPBACK).url == f"{server.url}/new"
        assert fetch(f"{server.url}/old", networks=LOOPBACK).body == b"moved"


def test_nothing_grows_beyond_its_limit() -> None:
    with serving(lambda handler: handler.say(200, b"x" * 2_000_000)) as server:
        with pytest.raises(NotFetched, match="larger than 1 MB"):
            fetch(server.url, networks=LOOPBACK, limits=Limits(size=1_000_000))


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not() -> None:
    def answer(handler: Handler) -> None:
        size = 50_000_000 if handler.path == "/bomb" else 1000
        handler.say(200, gzip.compress(b"0" * size), content_encoding="gzip")

    with serving(answer) as server:
        assert fetch(server.url, networks=LOOPBACK).body == b"0" * 1000
        with pytest.raises(NotFetched, match="unpacks to more"):
            fetch(f"{server.url}/bomb", networks=LOOPBACK, limits=Limits(size=5_000_000))


def test_a_machine_that_sends_a_byte_now_and_then_is_left() -> None:
    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b".")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    with serving(answer) as server, pytest.raises(NotFetched, match="too long"):
        fetch(server.url, networks=LOOPBACK, limits=Limits(seconds=0.4, wait=5))


def test_a_machine_that_says_nothing_is_left() -> None:
    with serving(lambda handler: time.sleep(1)) as server, pytest.raises(NotFetched, match="too long"):
        fetch(server.url, networks=LOOPBACK, limits=Limits(seconds=5, wait=0.2))


def test_a_file_that_did_not_change_is_not_fetched_again(tmp_path: Path) -> None:
    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"one"':
            handler.say(304)
        else:
            handler.say(200, b"a,b\n", etag='"one"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT")

    with serving(answer) as server:
        wanted = {"limits": Limits(), "networks": LOOPBACK}
        first = download(f"{server.url}/feed.csv", tmp_path / "feed", **wanted)  # type: ignore[arg-type]
        assert (first.changed, first.etag, first.size, first.name) == (True, '"one"', 4, "feed.csv")
        second = download(
            f"{server.url}/feed.csv",
            tmp_path / "again",
            etag=first.etag,
            **wanted,  # type: ignore[arg-type]
        )
    assert not second.changed and second.etag == '"one"'
    assert (tmp_path / "feed").read_bytes() == b"a,b\n" and not (tmp_path / "again").exists()


BODY = bytes(range(256)) * 4000


def breaks_off(*, ranges: bool, tags: list[str]) -> object:
    """A server whose line breaks in the middle of its first answer; ``tags``: its ETag at each answer."""
    count = 0

    def answer(handler: Handler) -> None:
        nonlocal count
        tag, count = tags[min(count, len(tags) - 1)], count + 1
        asked = handler.headers.get("Range")
        if ranges and asked and handler.headers.get("If-Range") == tag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            part = BODY[start:]
            handler.say(206, part, content_range=f"bytes {start}-{len(BODY) - 1}/{len(BODY)}", etag=tag)
            return
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(BODY)))
        handler.send_header("ETag", tag)
        handler.end_headers()
        handler.wfile.write(BODY if count > 1 else BODY[:600_000])
        handler.close_connection = True

    return answer


@pytest.mark.parametrize(
    ("ranges", "tags", "resumed"),
    [(True, ['"a"'], True), (False, ['"a"'], False), (True, ['"a"', '"b"'], False)],
    ids=["goes on", "no ranges: anew", "another file by now: anew"],
)
def test_a_broken_line_is_taken_up(ranges: bool, tags: list[str], resumed: bool, tmp_path: Path) -> None:
    with serving(breaks_off(ranges=ranges, tags=tags)) as server:  # type: ignore[arg-type]
        done = download(
            server.url, tmp_path / "feed", limits=Limits(), networks=LOOPBACK, pause=lambda seconds: None
        )
    assert (tmp_path / "feed").read_bytes() == BODY
    assert (done.resumed > 0) is resumed
    assert [each.name for each in tmp_path.iterdir()] == ["feed"]


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (403, 1), (503, 4), (500, 4)])
def test_only_what_may_pass_is_tried_again(status: int, asked: int, tmp_path: Path) -> None:
    pauses: list[float] = []
    with serving(lambda handler: handler.say(status)) as server, pytest.raises(NotFetched) as failed:
        download(server.url, tmp_path / "feed", limits=Limits(), networks=LOOPBACK, pause=pauses.append)
    assert (len(server.asked), failed.value.status) == (asked, status)
    assert pauses == [1.0, 2.0, 4.0][: asked - 1]
