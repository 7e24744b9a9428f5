"""A database for one run of the measurements, with the settings that a real one has."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from waypost.kernel.postgres.cluster import SUPERUSER, Cluster
from waypost.kernel.postgres.roles import prepare

NAME = "waypost_bench"


@contextlib.contextmanager
def bench_database(root: Path) -> Iterator[Cluster]:
    """Create and migrate it, lead the environment to it, and drop it at the end."""
    cluster = Cluster.for_checkout(root)
    started = cluster.start()
    _drop(cluster)
    prepare(lambda name: cluster.url(SUPERUSER, name), database=NAME)
    for key, role in (("", "web"), ("_OWNER", "owner"), ("_SYSTEM", "system")):
        os.environ[f"DATABASE_URL{key}"] = cluster.url(f"waypost_{role}", NAME)
    os.environ |= {"WAYPOST_DATABASE_ROLE": "owner", "WAYPOST_MODE": "test"}
    try:
        subprocess.run(
            [sys.executable, "-m", "waypost.cli", "migrate", "--verbosity", "0"], cwd=root, check=True
        )
        yield cluster
    finally:
        _drop(cluster)
        if started:
            cluster.stop()


def _drop(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
