"""What goes wrong around the database is told in plain words, with a way out, and loses nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.rooms.kernel.launching import as_somebody, cluster, empty_place
from waypost.kernel.postgres import binaries, making
from waypost.kernel.postgres.errors import LauncherError, from_output

ROOM_FOR_A_CLUSTER = "200m"


@pytest.fixture
def place() -> Iterator[Path]:
    with empty_place() as folder:
        yield folder


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    disk = place / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOM_FOR_A_CLUSTER},mode=0755", "tmpfs", str(disk)]
    if subprocess.run(words, capture_output=True, timeout=10, check=False).returncode != 0:
        pytest.skip("this machine does not allow mounting a small disk")
    try:
        yield disk
    finally:
        cluster(disk).stop()
        subprocess.run(["umount", str(disk)], timeout=10, check=True)


def test_a_disk_that_fills_up_is_told_and_nothing_is_lost(small_disk: Path) -> None:
    at = cluster(small_disk)
    at.start()
    with psycopg.connect(at.url("waypost_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'here' AS word")
    at.stop()
    filler = small_disk / "filler"
    with filler.open("wb") as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(b"\0" * 65536)
            file.flush()
    with pytest.raises(LauncherError, match="full") as raised:
        at.start()
    assert "Make room" in raised.value.way_out
    filler.unlink()
    assert at.start() is True
    with psycopg.connect(at.url("waypost_owner")) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("here",)


def test_too_little_room_is_told_before_anything_is_made(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SPACE_NEEDED", 10**18)
    at = cluster(place)
    with pytest.raises(LauncherError, match="too little for a new database"):
        at.start()
    assert not at.data_dir.exists()


def test_a_folder_that_cannot_be_written(place: Path) -> None:
    as_somebody(unwritable, place)


def unwritable(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    with pytest.raises(LauncherError, match="cannot be written") as raised:
        cluster(closed / "var").start()
    assert "WAYPOST_DATABASE_DIR" in raised.value.way_out
    with pytest.raises(LauncherError, match="cannot be written"):
        cluster(closed).start()
    closed.chmod(0o700)


def test_root_is_told_when_its_server_may_not_enter(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root")
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(LauncherError, match="may not enter") as raised:
        cluster(closed / "base").start()
    assert str(closed) in raised.value.happened
    assert not (closed / "base").exists()


def test_data_of_another_version_is_left_alone(place: Path) -> None:
    at = cluster(place)
    at.start()
    at.stop()
    version = at.data_dir / "PG_VERSION"
    right = version.read_text()
    version.write_text("14\n")
    with pytest.raises(LauncherError, match="was made by PostgreSQL 14") as raised:
        at.start()
    assert "WAYPOST_PG_BIN" in raised.value.way_out
    version.write_text(right)
    assert at.start() is True
    assert at.stop()


def test_a_folder_with_other_things_in_it_is_left_alone(place: Path) -> None:
    at = cluster(place)
    at.data_dir.mkdir(parents=True)
    (at.data_dir / "letter.txt").write_text("mine")
    with pytest.raises(LauncherError, match="not empty"):
        at.start()
    assert (at.data_dir / "letter.txt").read_text() == "mine"


def test_a_wrong_name_for_the_programs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYPOST_PG_BIN", str(place))
    with pytest.raises(LauncherError, match="no PostgreSQL server can be run from there"):
        binaries.find()


def test_no_server_at_all(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYPOST_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "WHEEL", "a_wheel_that_is_not_there")
    monkeypatch.setattr(binaries, "SYSTEM", place)
    monkeypatch.setenv("PATH", str(place))
    with pytest.raises(LauncherError, match="No PostgreSQL server 15 or newer"):
        binaries.find()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  could not write lock file "postmaster.pid": No space left on device', "is full"),
        ("FATAL:  could not open file: Permission denied", "may not use a file"),
        ('FATAL:  lock file "postmaster.pid" already exists', "Another PostgreSQL server"),
        ("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", "was killed"),
        ("LOG: hello\nFATAL:  could not map anonymous shared memory\nLOG: bye", "could not map"),
    ],
)
def test_what_the_server_says_is_put_plainly(said: str, told: str) -> None:
    error = from_output(said, doing="start", data=Path("/d/data"), log=Path("/d/log"))
    assert told in str(error)


@pytest.mark.parametrize("command", [["db", "start"], ["migrate", "--plan"]])
def test_the_command_line_shows_one_line_and_no_traceback(place: Path, command: list[str]) -> None:
    (place / "postgres").write_text("a file where a folder is wanted")
    env = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_URL")}
    done = subprocess.run(
        [sys.executable, "-m", "waypost.cli", *command],
        capture_output=True, text=True, timeout=60, check=False,
        env=env | {"WAYPOST_DATABASE_DIR": str(place)},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("waypost: The folder")
    assert len(done.stderr.splitlines()) == 1


def test_a_server_outside_that_does_not_answer() -> None:
    urls = {
        "DATABASE_URL": "postgresql://waypost_web@127.0.0.1:1/waypost",
        "DATABASE_URL_OWNER": "postgresql://waypost_owner@127.0.0.1:1/waypost",
        "DATABASE_URL_SYSTEM": "postgresql://waypost_system@127.0.0.1:1/waypost",
    }
    for command in (["db", "status"], ["migrate", "--no-input"]):
        env = {key: value for key, value in os.environ.items() if key != "WAYPOST_DATABASE_ROLE"}
        done = subprocess.run(
            [sys.executable, "-m", "waypost.cli", *command],
            capture_output=True, text=True, timeout=60, check=False, env=env | urls,
        )  # fmt: skip
        assert done.returncode == 1
        assert done.stderr.startswith("waypost: The database does not answer"), done.stderr
        assert len(done.stderr.splitlines()) == 1
