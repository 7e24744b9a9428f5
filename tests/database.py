"""A pytest plugin (``-p tests.database``): the embedded PostgreSQL stands before Django reads its settings.

One cluster for tests per checkout and major version, apart from the demo's, tuned to be quick, left running
for the next run (``make stop`` ends it). The database's name holds a hash of all migrations, so that
``--reuse-db`` never meets an old schema, and a slot, so that two runs at once do not share one.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Generator
from pathlib import Path
from typing import IO

import psycopg
import pytest
from psycopg import sql

from waypost.kernel.postgres import binaries
from waypost.kernel.postgres.cluster import FAST, SUPERUSER, Cluster
from waypost.kernel.postgres.errors import LauncherError

ROOT = Path(__file__).resolve().parent.parent
MOST_RUNS_AT_ONCE = 20
_held: list[IO[str]] = []  # the slot's lock lives as long as this process


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Start the cluster in the controller; workers of xdist inherit its environment."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        try:
            _start()
        except LauncherError as error:
            raise pytest.UsageError(f"The tests need their database. {error}") from error
    return (yield)


def _start() -> None:
    cluster = Cluster.for_checkout(ROOT, name=f"test-{binaries.find().major}", settings=FAST)
    cluster.start()
    stem = f"waypost_{_migrations()}"
    apart = "apart_" if os.environ.get("WAYPOST_TESTS_APART") else ""  # for those that leave tables empty
    database = f"{stem}_{apart}{_slot(cluster)}"
    _drop_old(cluster, keep=f"test_{stem}")
    os.environ |= {
        "DATABASE_URL": cluster.url("waypost_web", database),
        "DATABASE_URL_OWNER": cluster.url("waypost_owner", database),
        "DATABASE_URL_SYSTEM": cluster.url("waypost_system", database),
        "WAYPOST_DATABASE_ROLE": "owner",
        "WAYPOST_MODE": "test",
        "WAYPOST_SECRET_KEY": "a-key-for-tests-alone-long-enough-to-pass-every-check-of-its-length",
    }


def _migrations() -> str:
    files = sorted(
        [*ROOT.glob("waypost/**/migrations/*.py"), *ROOT.glob("waypost/**/*.sql"), ROOT / "requirements.lock"]
    )
    files.append(ROOT / "waypost" / "kernel" / "rls.py")
    mixed = hashlib.sha256()
    for file in files:
        mixed.update(str(file.relative_to(ROOT)).encode())
        with contextlib.suppress(FileNotFoundError):
            mixed.update(file.read_bytes())
    return mixed.hexdigest()[:10]


def _slot(cluster: Cluster) -> int:
    """The first number that no other run holds."""
    for number in range(MOST_RUNS_AT_ONCE):
        handle = (cluster.base / f"{cluster.name}.slot-{number}").open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            continue
        _held.append(handle)
        return number
    raise LauncherError(f"{MOST_RUNS_AT_ONCE} test runs are at work here.", "Wait for one to end.")


def _drop_old(cluster: Cluster, *, keep: str) -> None:
    """Remove test databases of other migrations, unless a run is using them."""
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database d WHERE datname LIKE 'test\\_waypost\\_%'"
            " AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)"
        ).fetchall()
        for (name,) in names:
            if not name.startswith(keep):
                with contextlib.suppress(psycopg.Error):
                    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
