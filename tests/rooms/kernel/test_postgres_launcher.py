"""The embedded PostgreSQL starts for root and for an ordinary user, and survives what happens to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.rooms.kernel.launching import (
    Scenario,
    as_root,
    as_somebody,
    cluster,
    empty_place,
    shared_state_in,
)
from waypost.kernel.postgres import places, running
from waypost.kernel.postgres.cluster import Cluster
from waypost.kernel.postgres.errors import LauncherError

pytestmark = pytest.mark.database
Runner = Callable[[Scenario, Path], None]


@pytest.fixture
def place() -> Iterator[Path]:
    with empty_place() as folder:
        yield folder


@pytest.fixture(params=[as_root, as_somebody])
def run(request: pytest.FixtureRequest) -> Runner:
    if request.param is as_root and os.geteuid() != 0:
        pytest.skip("needs root: an ordinary user's start is tried beside this")
    runner: Runner = request.param
    return runner


def write_row(at: Cluster) -> None:
    with psycopg.connect(at.url("waypost_owner")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")


def kept_row(at: Cluster) -> str:
    with psycopg.connect(at.url("waypost_web")) as connection:
        row = connection.execute("SELECT word FROM kept").fetchone()
    return str(row and row[0])


def kill_server(at: Cluster) -> None:
    pid = at.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while running.postmaster(at.data_dir) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_first_start_second_start_and_stop(run: Runner, place: Path) -> None:
    run(first_second_and_stop, place)


def first_second_and_stop(place: Path) -> None:
    at = cluster(place)
    assert not at.status().running
    assert not at.stop(), "there is nothing to stop yet"
    assert at.start() is True
    assert at.start() is False, "it ran already"
    assert at.status().running
    assert at.data_dir.stat().st_mode & 0o777 == 0o700
    assert at.socket_dir.stat().st_mode & 0o777 == 0o700
    write_row(at)
    assert at.stop() is True
    assert at.stop() is False
    assert not at.status().running
    assert at.start() is True
    assert kept_row(at) == "here"
    assert at.stop()


def test_start_after_kill_although_the_pid_is_a_strangers_now(run: Runner, place: Path) -> None:
    run(stale_lock, place)


def stale_lock(place: Path) -> None:
    at = cluster(place)
    at.start()
    write_row(at)
    kill_server(at)
    lock = at.data_dir / "postmaster.pid"
    assert lock.exists(), "a killed server leaves its lock"
    time.sleep(0.5)  # its children notice and end
    with subprocess.Popen(["sleep", "60"]) as stranger:
        lock.write_text("\n".join([str(stranger.pid), *lock.read_text().splitlines()[1:]]) + "\n")
        try:
            assert not at.status().running, "a sleeping stranger is no server"
            assert at.start() is True
            assert kept_row(at) == "here"
        finally:
            stranger.kill()
    assert at.stop()


def test_start_right_after_kill(place: Path) -> None:
    at = cluster(place)
    at.start()
    write_row(at)
    for _ in range(3):
        kill_server(at)
        assert at.start() is True
        assert kept_row(at) == "here"
    assert at.stop()


def test_checkout_below_a_private_folder(run: Runner, place: Path) -> None:
    run(private_checkout, place)


def private_checkout(place: Path) -> None:
    private = place / "private"
    checkout = private / "checkout"
    checkout.mkdir(parents=True)
    private.chmod(0o700)
    with shared_state_in(place / "state"):
        at = Cluster.for_checkout(checkout)
        assert at.start() is True
        inside = checkout in at.data_dir.parents
        assert inside == (os.geteuid() != 0), "root's cluster lies where the server's user can go"
        with psycopg.connect(at.url("waypost_system")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert private.stat().st_mode & 0o777 == 0o700, "no folder is opened up for it"
        assert at.stop()


def test_two_starts_at_once_make_one_cluster(place: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: cluster(place).start(), range(3)))
    assert sorted(answers) == [False, False, True]
    assert cluster(place).stop()


def test_a_setup_that_was_cut_off_is_begun_anew(place: Path) -> None:
    at = cluster(place)
    half = at.home / "data.making" / "base"
    half.mkdir(parents=True)
    (half / "half").write_text("cut off")
    assert at.start() is True
    assert not half.exists()
    assert at.stop()


def test_a_long_path_gets_its_socket_elsewhere(place: Path) -> None:
    at = cluster(place / ("long-" * 20))
    assert at.home not in at.socket_dir.parents
    assert len(f"{at.socket_dir}/.s.PGSQL.5432") <= places.LONGEST_SOCKET
    at.start()
    assert at.socket_dir.stat().st_mode & 0o777 == 0o700
    assert at.stop()
    at.socket_dir.rmdir()


def test_a_socket_folder_that_is_a_link_is_refused(place: Path) -> None:
    at = cluster(place / ("long-" * 20))
    at.socket_dir.symlink_to(place)
    try:
        with pytest.raises(LauncherError, match="belongs to somebody else"):
            at.start()
    finally:
        at.socket_dir.unlink()


def test_a_socket_in_use_is_told(place: Path) -> None:
    first = cluster(place)
    first.start()
    second = cluster(place / "b")
    second.home.mkdir(parents=True)
    second.socket_dir.symlink_to(first.socket_dir)
    with pytest.raises(LauncherError):
        second.start()
    assert first.status().running, "the other server is left alone"
    assert first.stop()


def test_the_command_line_starts_shows_and_stops(place: Path) -> None:
    def waypost(*words: str) -> subprocess.CompletedProcess[str]:
        env = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_URL")}
        env["WAYPOST_DATABASE_DIR"] = str(place)
        return subprocess.run(
            [sys.executable, "-m", "waypost.cli", "db", *words],
            capture_output=True, text=True, timeout=90, check=False, env=env,
        )  # fmt: skip

    assert waypost("status").returncode == 3
    started = waypost("start")
    assert (started.returncode, "PostgreSQL runs" in started.stdout) == (0, True), started.stderr
    assert "ran already" in waypost("start").stdout
    assert waypost("status").returncode == 0
    assert waypost("path").stdout.strip() == str(place / "postgres" / "data")
    shell = waypost("shell", "--role", "web", "-Atc", "SELECT current_user")
    assert shell.stdout.strip() == "waypost_web", shell.stderr
    assert waypost("prepare").returncode == 0
    assert "data stays" in waypost("stop").stdout
    assert "was not running" in waypost("stop").stdout
