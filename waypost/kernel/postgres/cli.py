"""``waypost db …``: the database from the command line, before Django is loaded."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from waypost.kernel.postgres import binaries, external, roles
from waypost.kernel.postgres.cluster import SUPERUSER, Cluster
from waypost.kernel.postgres.errors import LauncherError

SHELL_ROLES = {"web": roles.WEB, "system": roles.SYSTEM, "owner": roles.OWNER, "admin": SUPERUSER}
OUTSIDE = "The database is outside (DATABASE_URL is set): start and stop it where it runs."


def main(arguments: Sequence[str], root: Path) -> int:
    """Run one of the commands; returns the exit code. Raises LauncherError."""
    parser = _parser()
    given, rest = parser.parse_known_args(arguments)
    if rest and given.command != "shell":
        parser.error(f"not understood: {' '.join(rest)}")
    commands: dict[str, Callable[[], int]] = {
        "start": lambda: _start(root),
        "stop": lambda: _stop(root),
        "status": lambda: _status(root),
        "prepare": lambda: _prepare(root, given.admin_url),
        "shell": lambda: _shell(root, given.role, rest),
        "path": lambda: _path(root),
    }
    try:
        return commands[given.command]()
    except psycopg.OperationalError as error:
        raise LauncherError(
            f"The database does not answer: {' '.join(str(error).split()).rstrip('.')}.",
            "See that its server runs and that the address is right.",
        ) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="waypost db", description="The database of this installation.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("start", help="start the embedded PostgreSQL (made on the first start)")
    commands.add_parser("stop", help="stop it")
    commands.add_parser("status", help="what runs, and where")
    commands.add_parser("path", help="print the folder of the data")
    shell = commands.add_parser("shell", help="psql; what follows is given to it, such as -c 'SELECT 1'")
    shell.add_argument("--role", choices=sorted(SHELL_ROLES), default="owner")
    prepare = commands.add_parser("prepare", help="make roles, database and grants (harmless twice)")
    prepare.add_argument("--admin-url", help="an administrator's address on the server of DATABASE_URL")
    return parser


def _start(root: Path) -> int:
    if external.is_named():
        _say(OUTSIDE)
        return 0
    cluster = Cluster.for_checkout(root)
    fresh = cluster.start()
    _say(f"PostgreSQL {'runs' if fresh else 'ran already'}; its data is in {cluster.data_dir}.")
    return 0


def _stop(root: Path) -> int:
    if external.is_named():
        _say(OUTSIDE)
        return 0
    stopped = Cluster.for_checkout(root).stop()
    _say("PostgreSQL is stopped; the data stays." if stopped else "PostgreSQL was not running.")
    return 0


def _status(root: Path) -> int:
    if external.is_named():
        for line in external.look():
            _say(line)
        return 0
    now = Cluster.for_checkout(root).status()
    if now.running:
        _say(f"PostgreSQL {now.made_by} runs (process {now.pid}).")
    else:
        _say("PostgreSQL does not run; 'waypost db start' starts it.")
    _say(f"Data: {now.data_dir}" + ("" if now.made_by else " (not made yet)"))
    _say(f"Socket: {now.socket_dir}")
    _say(f"Log: {now.log_file}")
    return 0 if now.running else 3


def _prepare(root: Path, admin_url: str | None) -> int:
    if admin_url:
        database = external.prepare(admin_url)
        _say(f"The roles, the database {database} and its grants stand. Next: waypost migrate")
        _say("waypost_backup has no password yet; give it one before the first backup.")
        return 0
    if external.is_named():
        raise LauncherError(
            "DATABASE_URL names a server outside, which an administrator must prepare.",
            "Give the address: waypost db prepare --admin-url postgresql://postgres:PASSWORD@HOST/postgres",
        )
    cluster = Cluster.for_checkout(root)
    cluster.start()
    cluster.prepare()
    _say("The roles, the database and its grants stand. Next: waypost migrate")
    return 0


def _shell(root: Path, role: str, rest: list[str]) -> int:
    if external.is_named():
        url = external.addresses().get(SHELL_ROLES[role])
        program = shutil.which("psql")
        if url is None:
            raise LauncherError(
                "The administrator of a server outside is not known here.", "Call psql with its address."
            )
    else:
        cluster = Cluster.for_checkout(root)
        cluster.start()
        url = cluster.url(SHELL_ROLES[role])
        program = str(binaries.find().folder / "psql")
    if program is None or not Path(program).exists():
        raise LauncherError("There is no psql here.", f"Install one, or use another client with {url}.")
    os.execv(program, [program, url, *rest])  # noqa: S606 - psql takes this process's place


def _path(root: Path) -> int:
    _say(str(Cluster.for_checkout(root).data_dir))
    return 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
