"""The real site for journeys: its own database, the real web server as the role that serves people."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
from psycopg import conninfo, sql

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """Where it answers, and the environment of its processes."""

    url: str
    environment: dict[str, str]
    group: int  # process group of the web server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _with_database(address: str, name: str) -> str:
    parts = {key: value for key, value in conninfo.conninfo_to_dict(address).items() if key != "dbname"}
    return conninfo.make_conninfo(**parts, dbname=name)


@contextlib.contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """A fresh database with all tables, dropped at the end; yields the environment that leads to it."""
    owner = os.environ["DATABASE_URL_OWNER"]
    with psycopg.connect(_with_database(owner, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    environment = {
        **os.environ,
        **{
            key: _with_database(os.environ[key], name)
            for key in ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_SYSTEM")
        },
    }
    environment.pop("WAYPOST_DATABASE_ROLE", None)
    try:
        run(environment, "owner", "-m", "django", "migrate", "--verbosity", "0")
        yield environment
    finally:
        with psycopg.connect(_with_database(owner, "postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def run(environment: dict[str, str], role: str, *arguments: str) -> str:
    """A Python process of the project as one role of the database; raises with its words when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**environment, "WAYPOST_DATABASE_ROLE": role, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{arguments} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def served(environment: dict[str, str]) -> Iterator[Site]:
    """The web server on a free loopback port, stopped at the end."""
    port = free_port()
    settings = {
        **environment,
        "WAYPOST_DATABASE_ROLE": "web",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PORT": str(port),
        "WAYPOST_OIDC_PINE": "what Pine House told nobody",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield Site(url=url, environment=settings, group=process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the web server ended with {process.returncode}")
        with (
            contextlib.suppress(URLError, ConnectionError, TimeoutError),
            urlopen(f"{url}/healthz", timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the web server did not answer in time")
