"""What can go wrong when the database is started, in plain words."""

from pathlib import Path

FULL = "No space left on device"


class LauncherError(Exception):
    """Says what happened and a way out; the command line prints it as it is and exits with 1."""

    def __init__(self, happened: str, way_out: str) -> None:
        """Both are whole sentences."""
        super().__init__(f"{happened} {way_out}")
        self.happened = happened
        self.way_out = way_out


def disk_full(where: Path) -> LauncherError:
    """The disk below ``where`` has no room left; PostgreSQL loses nothing that was saved."""
    return LauncherError(
        f"The disk that holds the database ({where}) is full. What was saved is still there.",
        "Make room on it, or name another folder with WAYPOST_DATABASE_DIR, then start again.",
    )


def not_writable(where: Path, error: OSError) -> LauncherError:
    """A folder that the database needs cannot be made or written."""
    return LauncherError(
        f"The folder {where} cannot be written ({error.strerror or error}).",
        "Give yourself the right to write there, or name another folder with WAYPOST_DATABASE_DIR.",
    )


def from_output(text: str, *, doing: str, data: Path, log: Path) -> LauncherError:
    """Read PostgreSQL's own words (always in English, see ``account.run``) and say what they mean."""
    if FULL in text:
        return disk_full(data)
    if "Permission denied" in text:
        return LauncherError(
            f"PostgreSQL may not use a file or folder that it needs: {_last_line(text)}",
            f"Look at who owns {data.parent}, or name another folder with WAYPOST_DATABASE_DIR.",
        )
    if "could not look up effective user ID" in text:
        return LauncherError(
            "Your user number has no name on this machine, and PostgreSQL's initdb insists on one.",
            "Add a line for it to /etc/passwd, or name a server's address with DATABASE_URL.",
        )
    if "shared memory" in text and "still in use" in text:
        return LauncherError(
            f"Parts of a PostgreSQL server that was killed are still at work on {data}.",
            "Wait a few seconds and start again; if it stays so, restart the machine.",
        )
    if "lock file" in text and "already exists" in text:
        return LauncherError(
            f"Another PostgreSQL server holds {data.parent}: {_last_line(text)}",
            "Stop that server first (waypost db stop, as the user who started it).",
        )
    return LauncherError(f"PostgreSQL {doing} failed: {_last_line(text)}", f"Its log is {log}.")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower() or "PANIC" in line]
    return (telling or lines or ["it said nothing"])[-1]
