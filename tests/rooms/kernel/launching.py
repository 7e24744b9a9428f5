"""What the launcher's tests stand on: a folder of their own, and running a piece as an ordinary user."""

import contextlib
import multiprocessing
import os
import pwd
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from waypost.kernel.postgres import account, binaries, places
from waypost.kernel.postgres.cluster import Cluster

SOMEBODY = pwd.getpwnam("daemon").pw_uid  # initdb wants a user that has a name
SECONDS = 120
Scenario = Callable[[Path], None]


@contextlib.contextmanager
def empty_place() -> Iterator[Path]:
    """A short folder that every user may enter; whatever server is left in it is stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="wp-", dir="/tmp"))  # noqa: S108 - socket paths must be short
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for found in folder.glob("**/data/PG_VERSION"):
            Cluster(found.parent.parent.parent, found.parent.parent.name).stop()
        shutil.rmtree(folder)


def cluster(base: Path) -> Cluster:
    """A cluster whose files lie in ``base``, with the settings of real use."""
    return Cluster(base)


def as_root(scenario: Scenario, place: Path) -> None:
    """Run it in this process: the server then runs as nobody."""
    scenario(place)


def as_somebody(scenario: Scenario, place: Path) -> None:
    """Run it as a user who is not root (oneself, or in a forked process that gives root up)."""
    if os.geteuid() != 0:
        scenario(place)
        return
    programs = binaries.find()
    if programs.from_wheel:
        # The environment may lie below a folder that only root can enter.
        readable = account.copy_wheel(programs.folder, programs.version, place)
    else:
        readable = programs.folder
    os.chown(place, SOMEBODY, SOMEBODY)
    fork = multiprocessing.get_context("fork")
    mine, theirs = fork.Pipe()
    child = fork.Process(target=_give_up_root, args=(scenario, place, readable, theirs))
    child.start()
    theirs.close()
    words = mine.recv() if mine.poll(SECONDS) else "It took too long."
    child.join(10)
    if child.is_alive():
        child.kill()
    assert words == "", words


def _give_up_root(scenario: Scenario, place: Path, programs: Path, answer: Connection) -> None:
    words = ""
    try:
        os.setgroups([])
        os.setgid(SOMEBODY)
        os.setuid(SOMEBODY)
        os.environ |= {"WAYPOST_PG_BIN": str(programs), "HOME": str(place)}
        scenario(place)
    except BaseException:
        words = traceback.format_exc()
    answer.send(words)
    answer.close()


def shared_state_in(folder: Path) -> contextlib.AbstractContextManager[None]:
    """Put root's state below another folder than the machine's own."""

    @contextlib.contextmanager
    def moved() -> Iterator[None]:
        before = places.SHARED_STATE
        places.SHARED_STATE = folder
        try:
            yield
        finally:
            places.SHARED_STATE = before

    return moved()
