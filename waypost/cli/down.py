"""``waypost down``: end what ``waypost up`` and the tests left running here."""

import argparse
import os
import signal
import sys
import time

from waypost.cli import notes
from waypost.cli.main import ROOT
from waypost.kernel.postgres.cluster import Cluster
from waypost.kernel.process import GRACE

PATIENCE = 2 * GRACE + 20  # seconds: children, then the database


def main(arguments: list[str]) -> int:
    """End the supervisor, orphans and every embedded database of this checkout."""
    argparse.ArgumentParser(prog="waypost down", description=__doc__).parse_args(arguments)
    said = _end_site()
    for cluster in Cluster.all_of_checkout(ROOT):
        if cluster.stop():
            said.append(f"PostgreSQL ({cluster.name}) is stopped; the data stays.")
    sys.stdout.write("\n".join(said or ["Nothing was running."]) + "\n")
    return 0


def _end_site() -> list[str]:
    noted = notes.read()
    if noted is None:
        return []
    said = []
    if noted.alive:
        os.kill(noted.pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while noted.alive and time.monotonic() < deadline:
            time.sleep(0.1)
        said.append(f"The site on {noted.address} is stopped.")
    elif notes.end_orphans(noted):
        said.append(f"What was left of the site on {noted.address} is stopped.")
    notes.forget()
    return said
