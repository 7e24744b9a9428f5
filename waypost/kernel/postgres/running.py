"""Which server is at work on a data folder, and what a killed one left behind."""

import os
import socket
import subprocess
from pathlib import Path

PORT = 5432
STATE_LINE = 7  # of postmaster.pid, counted from 0: starting, ready, stopping
PROCESSES = Path("/proc")


def postmaster(data: Path) -> int | None:
    """The pid of the live server on this data folder, or None.

    The pid file alone proves nothing: after ``kill -9`` or a restart of the machine its number may belong
    to any other program.
    """
    pid = _first_number(data / "postmaster.pid")
    return pid if pid is not None and _works_on(pid, data) else None


def ready(data: Path, sockets: Path) -> bool:
    """Whether the server on this data folder takes connections (it does not while it recovers)."""
    if postmaster(data) is None or not listening(sockets):
        return False
    try:
        return (data / "postmaster.pid").read_text().splitlines()[STATE_LINE].strip() == "ready"
    except (OSError, IndexError):
        return False


def clear_leftovers(data: Path, sockets: Path) -> None:
    """Remove lock files whose number now belongs to a stranger; PostgreSQL would not start over those.

    A lock file with a dead pid is left to PostgreSQL, which then also checks for orphaned children.
    """
    lock = data / "postmaster.pid"
    pid = _first_number(lock)
    if pid is not None and _alive(pid) and not _anyone_works_on(data):
        lock.unlink(missing_ok=True)
    if not listening(sockets):
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (sockets / name).unlink(missing_ok=True)


def listening(sockets: Path) -> bool:
    """Whether something answers on the socket."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(sockets / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def _first_number(lock: Path) -> int | None:
    try:
        return int(lock.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _works_on(pid: int, data: Path) -> bool:
    """A PostgreSQL process has its data folder as its working folder."""
    if not _alive(pid):
        return False
    if not PROCESSES.joinpath("self").exists():
        return _looks_like_postgres(pid)
    try:
        return PROCESSES.joinpath(str(pid), "cwd").readlink() == data.resolve() and not _zombie(pid)
    except OSError:
        return False


def _zombie(pid: int) -> bool:
    try:
        return PROCESSES.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return True


def _anyone_works_on(data: Path) -> bool:
    if not PROCESSES.joinpath("self").exists():
        pid = _first_number(data / "postmaster.pid")
        return pid is not None and _looks_like_postgres(pid)
    return any(_works_on(int(p.name), data) for p in PROCESSES.iterdir() if p.name.isdigit())


def _looks_like_postgres(pid: int) -> bool:
    """For systems without /proc."""
    said = subprocess.run(  # noqa: S603
        ["ps", "-p", str(pid), "-o", "command="],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    ).stdout
    return "postgres" in said
