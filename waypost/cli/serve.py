"""``waypost serve``: the web server in the foreground, as the role that serves people."""

import argparse
import os
import socket
import sys

from waypost.cli.main import start_database
from waypost.kernel.postgres.errors import LauncherError

HOST = "127.0.0.1"
PORT = 8000
HIGHEST_PORT = 65535
THREADS = 8  # each may hold one database connection: keep below the pool's size


def main(arguments: list[str]) -> int:
    """Start the database if needed, then become the web server."""
    parser = argparse.ArgumentParser(prog="waypost serve", description="Serve the site in the foreground.")
    parser.add_argument("--host", default=os.environ.get("HOST", HOST))
    parser.add_argument("--port", type=int, default=None, help="default: PORT of the environment, or 8000")
    given = parser.parse_args(arguments)
    port = given.port or wanted_port()
    need_free(given.host, port)
    start_database()
    os.environ |= environment("web") | {"PORT": str(port)}
    os.execv(sys.executable, web_command(given.host, port))  # noqa: S606 - takes this process's place


def wanted_port() -> int:
    """PORT of the environment, or 8000."""
    text = os.environ.get("PORT", "") or str(PORT)
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise LauncherError(f"PORT={text} is not a port.", f"Give a number from 1 to {HIGHEST_PORT}.")
    return int(text)


def need_free(host: str, port: int) -> None:
    """Raise LauncherError when the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen()
        except PermissionError as error:
            raise LauncherError(
                f"Port {port} is not open to you.", "Choose one above 1023: PORT=8001."
            ) from error
        except OSError as error:
            other = port + 1 if port < HIGHEST_PORT else PORT
            raise LauncherError(
                f"Port {port} on {host} is in use ({error.strerror}).",
                f"Choose another, such as PORT={other}, or end what holds it ('make stop' ends Waypost).",
            ) from error


def web_command(host: str, port: int) -> list[str]:
    """The web server's command line; one process, so that one pool holds all its connections."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": "1",
        "--blocking-threads": str(min(THREADS, 2 * (os.cpu_count() or 1) + 1)),
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    return [sys.executable, "-m", "granian", *words, "--no-ws", "config.wsgi:application"]


def worker_command() -> list[str]:
    """The background worker's command line; jobs that succeeded leave no row behind."""
    return [sys.executable, "-m", "waypost.cli", "procrastinate", "worker", "--delete-jobs", "successful"]


def environment(role: str) -> dict[str, str]:
    """What a child process needs to know besides our own environment."""
    return {"WAYPOST_DATABASE_ROLE": role, "DJANGO_SETTINGS_MODULE": "config.settings"}
