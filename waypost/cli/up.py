"""``waypost up``: the whole site in the foreground, as ``make demo`` runs it.

Database, migrations, synthetic community (in demo mode), then web server and worker, kept alive until
Ctrl-C. A killed one is started again; saved work and queued jobs lie in the database.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from waypost.cli import notes, serve
from waypost.cli.main import ROOT, start_database
from waypost.kernel.postgres.cluster import Cluster
from waypost.kernel.postgres.errors import LauncherError
from waypost.kernel.process import Child, end, supervise

READY_SECONDS = 60
DEMO_CONTACT = "hello@connects.example"  # invented, as all of the demo
_stop = threading.Event()


def main(arguments: list[str]) -> int:
    """Run until told to stop."""
    argparse.ArgumentParser(prog="waypost up", description=__doc__).parse_args(arguments)
    host, port = os.environ.get("HOST", serve.HOST), serve.wanted_port()
    address = f"http://{host}:{port}"
    _not_twice()
    serve.need_free(host, port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _told_to_stop)
    started_database = False
    try:
        _say("Starting the database …")
        started_database = start_database()
        _make_ready()
        if not _stop.is_set():
            _run(host, port, address)
    finally:
        if started_database and Cluster.for_checkout(ROOT).stop():
            _say("The database is stopped. Everything saved is kept.")
    return 0


def _told_to_stop(_number: int, _frame: FrameType | None) -> None:
    _stop.set()


def _not_twice() -> None:
    noted = notes.read()
    if noted is None:
        return
    if noted.alive and noted.pid != os.getpid():
        raise LauncherError(
            f"Waypost already runs here, on {noted.address}.", "Use that one, or end it with 'make stop'."
        )
    if notes.end_orphans(noted):
        _say("Ended what an earlier run had left behind.")
    notes.forget()


def _make_ready() -> None:
    """Migrations and files, in this process as the owner (Django loads once); the community as system."""
    _say("Bringing the database up to date …")
    os.environ |= serve.environment("owner")
    import django  # noqa: PLC0415 - only once the database stands
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_shipped", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    if _is_demo() and "demo_seed" in _known() and not _stop.is_set():
        _command("system", "demo_seed")


def _command(role: str, *words: str) -> None:
    """Run a management command in a process of its own; raises LauncherError when it fails."""
    command = [sys.executable, "-m", "waypost.cli", *words]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, env=os.environ | serve.environment(role), start_new_session=True
    ) as process:
        while process.poll() is None:
            if _stop.is_set():
                end([process])
                return
            time.sleep(0.05)
    if process.returncode != 0:
        raise LauncherError(f"'waypost {words[0]}' did not succeed.", "What it said stands above.")


def _known() -> set[str]:
    from django.core.management import get_commands  # noqa: PLC0415 - Django is loaded by now

    return set(get_commands())


def _is_demo() -> bool:
    return os.environ.get("WAYPOST_MODE", "demo") == "demo"


def _run(host: str, port: int, address: str) -> None:
    here = os.environ | {"PORT": str(port)}
    if _is_demo():
        here.setdefault("WAYPOST_CONTACT_EMAIL", DEMO_CONTACT)
    web = Child("web server", serve.web_command(host, port), here | serve.environment("web"), ROOT)
    worker = Child("worker", serve.worker_command(), here | serve.environment("system"), ROOT)
    children = [web, worker]
    greeter = threading.Thread(target=_greet, args=(address,), daemon=True)

    def started() -> None:
        notes.write(address, {child.name: child.pid for child in children if child.pid})
        if not greeter.is_alive() and greeter.ident is None:
            greeter.start()

    try:
        supervise(children, stopping=_stop.is_set, say=_say, started=started)
    finally:
        notes.forget()
        _say("Web server and worker are stopped.")


def _greet(address: str) -> None:
    """Say that the site is there once it answers, and who can sign in."""
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(address):
        if _stop.wait(0.2):
            return
        if time.monotonic() > deadline:
            _say("The site does not answer yet; what went wrong stands above. It is tried again and again.")
            return
    if _is_demo() and "demo_people" in _known():
        _command("system", "demo_people")
    _say(f"Waypost runs on {address}  (Ctrl-C ends it)")


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
            return bool(json.load(answer).get("status") == "ok")
    except (URLError, OSError, ValueError):
        return False


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
