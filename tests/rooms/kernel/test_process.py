"""The supervisor: what dies is started again, and nothing is left behind at the end."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from waypost.cli import notes, serve
from waypost.kernel import process
from waypost.kernel.postgres.errors import LauncherError
from waypost.kernel.process import Child, supervise

LEADER_WITH_HELPER = (
    "import subprocess, sys, time\n"
    "helper = subprocess.Popen(['sleep', '60'])\n"
    "open(sys.argv[1], 'a').write(f'{helper.pid}\\n')\n"
    "time.sleep(60)\n"
)


def wait_for(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """Dead, or a zombie that nobody has buried yet."""
    try:
        os.kill(pid, 0)
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return True


def helpers(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def test_a_killed_child_is_started_again_without_what_it_left(tmp_path: Path) -> None:
    file, stop, said = tmp_path / "helpers", threading.Event(), list[str]()
    child = Child("web server", [sys.executable, "-c", LEADER_WITH_HELPER, str(file)], os.environ, tmp_path)

    def look_after() -> None:
        supervise([child], stopping=stop.is_set, say=said.append, started=lambda: None)

    thread = threading.Thread(target=look_after)
    thread.start()
    try:
        wait_for(lambda: len(helpers(file)) == 1)
        first = child.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: len(helpers(file)) == 2)
        assert child.pid not in {None, first}
        wait_for(lambda: gone(helpers(file)[0]))  # or it would hold the dead one's port
        assert "web server ended (SIGKILL)" in said[0]
    finally:
        stop.set()
        thread.join(30)
    wait_for(lambda: all(gone(pid) for pid in helpers(file)))
    assert child.process is not None
    assert child.process.poll() is not None


def test_the_pause_grows_while_a_child_keeps_failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(process.time, "monotonic", lambda: now[0])
    child = Child("worker", [sys.executable, "-c", "raise SystemExit(3)"], os.environ, tmp_path)
    said: list[str] = []
    pauses = []
    for _ in range(7):
        assert child.look(said.append)
        assert child.process is not None
        child.process.wait(20)
        assert not child.look(said.append), "not at once"
        pauses.append(child.pause)
        now[0] += child.pause
    assert pauses == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    assert "exit code 3" in said[0]


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 0.5)
    ready = tmp_path / "ready"
    deaf = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "open(sys.argv[1], 'w')\n"
        "time.sleep(60)\n"
    )
    child = Child("deaf", [sys.executable, "-c", deaf, str(ready)], os.environ, tmp_path)
    child.start()
    wait_for(ready.exists)
    assert child.process is not None
    process.end([child.process])
    assert child.process.returncode == -signal.SIGKILL


def test_orphans_of_a_killed_supervisor_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYPOST_VAR_DIR", str(tmp_path))
    command = [sys.executable, "-c", "import time; time.sleep(60)", "waypost"]
    with subprocess.Popen(command, start_new_session=True) as orphan:
        stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
        try:
            kept = {"pid": 2**22 + 1, "address": "http://x", "children": {"a": orphan.pid, "b": stranger.pid}}
            notes.file().write_text(json.dumps(kept))
            noted = notes.read()
            assert noted is not None
            assert not noted.alive
            threading.Thread(target=orphan.wait, daemon=True).start()
            assert notes.end_orphans(noted) == 1
            assert orphan.wait(10) == -signal.SIGTERM
            assert stranger.poll() is None, "a number that belongs to a stranger now is left alone"
        finally:
            stranger.kill()
            stranger.wait()


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1, "address": 2, "children": []}'])
def test_notes_that_cannot_be_read_count_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    monkeypatch.setenv("WAYPOST_VAR_DIR", str(tmp_path))
    notes.file().write_text(kept)
    assert notes.read() is None


def test_a_port_in_use_names_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LauncherError, match=f"Port {port} on 127.0.0.1 is in use") as raised:
            serve.need_free("127.0.0.1", port)
        assert "PORT=" in raised.value.way_out
    serve.need_free("127.0.0.1", port)


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "8000.5"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(LauncherError, match="is not a port"):
        serve.wanted_port()
