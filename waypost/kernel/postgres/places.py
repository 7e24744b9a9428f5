"""Where the embedded database keeps its files, and addresses that point there. No input or output."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from waypost.kernel.postgres.running import PORT

SHARED_STATE = Path("/var/lib/waypost")
LONGEST_SOCKET = 90  # bytes; systems allow 104 to 108 for the whole path


def base(root: Path) -> Path:
    """The folder that holds this checkout's clusters.

    Root's lies outside the checkout, which may be below a folder that the server's user cannot enter.
    """
    named = os.environ.get("WAYPOST_DATABASE_DIR")
    if named:
        return Path(named).absolute()
    if os.geteuid() == 0:
        return SHARED_STATE / _short_hash(root)
    return root.absolute() / "var"


def sockets(home: Path) -> Path:
    """The folder of the socket: in the cluster's own folder if the path is short enough for one.

    It depends on nothing that differs between two commands of one user: all must find the same.
    """
    near = home / "run"
    if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
        return near
    temporary = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108 - kept 0700
    return temporary / f"waypost-{os.geteuid()}-{_short_hash(home)}"


def address(role: str, database: str, socket_dir: Path) -> str:
    """A libpq address over the socket."""
    host = quote(str(socket_dir), safe="")
    return f"postgresql://{quote(role, safe='')}@/{quote(database, safe='')}?host={host}&port={PORT}"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:12]
