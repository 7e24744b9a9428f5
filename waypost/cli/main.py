"""Which command runs, as which role of the database, and how its errors are told."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from waypost.kernel.postgres import cli as database
from waypost.kernel.postgres import external
from waypost.kernel.postgres.cluster import Cluster
from waypost.kernel.postgres.errors import LauncherError

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "config.settings"
AS_OWNER = {"flush", "makemigrations", "migrate", "optimizemigration", "showmigrations", "sqlmigrate"}
WITHOUT_DATABASE = {"", "check", "collectstatic", "compilemessages", "help", "makemessages", "version"}
WITHOUT_DATABASE |= {"walk_loop"}  # drives a site through its pages, be it here or far away


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code; errors are one plain line unless --traceback is given."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = run(given)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        words = plain(error)
        if words is None or "--traceback" in given:
            raise
        sys.stderr.write(f"waypost: {words}\n")
        code = 1
    sys.exit(code)


def run(given: list[str]) -> int:
    """Dispatch: our own verbs first, everything else is a management command."""
    verb = next((word for word in given if not word.startswith("-")), "")
    ours: dict[str, Callable[[list[str]], int]] = {"db": _db, "serve": _serve, "up": _up, "down": _down}
    if verb in ours:
        rest = [word for word in given if word not in {verb, "--traceback"}]
        return ours[verb](rest)
    os.environ.setdefault("WAYPOST_DATABASE_ROLE", "owner" if verb in AS_OWNER else "system")
    if verb not in WITHOUT_DATABASE and not {"--help", "-h"} & set(given):
        start_database()
    return _manage(given)


def start_database() -> bool:
    """Start the embedded server if it is the one used; True when this call started it."""
    return False if external.is_named() else Cluster.for_checkout(ROOT).start()


def plain(error: BaseException) -> str | None:
    """One line for the errors an operator can mend; None for those that are ours."""
    if isinstance(error, LauncherError):
        return str(error)
    names = {kind.__name__ for kind in type(error).__mro__}
    if "ImproperlyConfigured" in names:
        return str(error)
    if "OperationalError" in names and _could_not_connect(error):
        return f"The database does not answer: {_one_line(error)} — 'waypost db status' says what runs."
    if "PoolTimeout" in names:
        return "The database does not answer — 'waypost db status' says what runs."
    return None


def _could_not_connect(error: BaseException) -> bool:
    """The server gave no error code of its own: there was no conversation with it."""
    source = error.__cause__ or error
    return getattr(source, "sqlstate", None) is None or "connection failed" in str(source)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _manage(given: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.core.management import ManagementUtility  # noqa: PLC0415 - the database comes first

    ManagementUtility(["waypost", *given]).execute()
    return 0


def _db(rest: list[str]) -> int:
    return database.main(rest, ROOT)


def _serve(rest: list[str]) -> int:
    from waypost.cli import serve  # noqa: PLC0415 - 'waypost db' should not pay for it

    return serve.main(rest)


def _up(rest: list[str]) -> int:
    from waypost.cli import up  # noqa: PLC0415

    return up.main(rest)


def _down(rest: list[str]) -> int:
    from waypost.cli import down  # noqa: PLC0415

    return down.main(rest)
