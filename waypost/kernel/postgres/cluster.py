"""One embedded PostgreSQL cluster: made, started, stopped, looked at."""

import contextlib
import fcntl
import hashlib
import os
import shlex
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from waypost.kernel.postgres import binaries, making, memory, places, roles, running
from waypost.kernel.postgres.account import Account, copy_wheel, problem
from waypost.kernel.postgres.errors import LauncherError, from_output

SUPERUSER = "postgres"
PATIENCE = 120  # seconds to wait for a start (a recovery may take a while) or a stop
LOG_LIMIT = 10_000_000  # bytes
SETTINGS = {
    "max_connections": "60",
    "log_min_messages": "warning",
    # A failed statement and the row it failed on hold names: neither belongs in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True)
class Status:
    """What ``waypost db status`` says of an embedded cluster; ``made_by`` is a major version or ''."""

    running: bool
    pid: int | None
    made_by: str
    data_dir: Path
    socket_dir: Path
    log_file: Path


@dataclass(frozen=True)
class Cluster:
    """The files of one cluster below ``base`` and the server on them."""

    base: Path
    name: str = "postgres"
    settings: dict[str, str] = field(default_factory=dict)
    account: Account = field(default_factory=Account.mine)

    @classmethod
    def for_checkout(
        cls, root: Path, *, name: str = "postgres", settings: dict[str, str] | None = None
    ) -> "Cluster":
        """This checkout's cluster of that name; ``settings`` go on top of the usual ones."""
        return cls(places.base(root), name, settings or {})

    @classmethod
    def all_of_checkout(cls, root: Path) -> list["Cluster"]:
        """Every cluster that was ever made here, the tests' too."""
        base = places.base(root)
        return [cls(base, found.parent.parent.name) for found in sorted(base.glob("*/data/PG_VERSION"))]

    @property
    def home(self) -> Path:
        """The cluster's own folder."""
        return self.base / self.name

    @property
    def data_dir(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "data"

    @property
    def log_file(self) -> Path:
        """The server's log."""
        return self.home / "server.log"

    @property
    def socket_dir(self) -> Path:
        """The private folder of the socket."""
        return places.sockets(self.home)

    def url(self, role: str, database: str = "waypost") -> str:
        """The address for one role. Cheap: nothing is started or looked at."""
        return places.address(role, database, self.socket_dir)

    def programs(self) -> binaries.Binaries:
        """The programs to run, readable by the server's user."""
        found = binaries.find()
        if self.account.uid is None or not found.from_wheel:
            return found
        copied = copy_wheel(found.folder, found.version, self.base)
        return binaries.Binaries(copied, found.version, from_wheel=True)

    def start(self) -> bool:
        """Make the cluster if there is none, start its server and prepare it; False when it ran already."""
        if self._stands():
            return False
        making.base_folder(self.base, self.account)
        with self._alone():
            if self._stands():
                return False
            launch = not running.ready(self.data_dir, self.socket_dir)
            if launch:
                programs = self.programs()
                making.data_folder(self, programs)
                self._launch(programs)
            self.prepare()
            self._prepared.write_text(self._fingerprint())
        return launch

    def stop(self) -> bool:
        """Stop the server, finishing what is being written; False when none ran."""
        pid = running.postmaster(self.data_dir)
        if pid is None:
            return False
        try:
            os.kill(pid, signal.SIGINT)  # PostgreSQL's fast shutdown
        except ProcessLookupError:
            return True
        except PermissionError as error:
            raise LauncherError(
                f"The server (process {pid}) was started by somebody else.", "Stop it as that user."
            ) from error
        deadline = time.monotonic() + PATIENCE
        while running.postmaster(self.data_dir) is not None:
            if time.monotonic() > deadline:
                raise LauncherError(
                    f"The server did not stop within {PATIENCE} seconds.", f"Its log is {self.log_file}."
                )
            time.sleep(0.02)
        return True

    def status(self) -> Status:
        """What stands and runs now."""
        pid = running.postmaster(self.data_dir)
        made_by = making.made_by(self.data_dir)
        return Status(pid is not None, pid, made_by, self.data_dir, self.socket_dir, self.log_file)

    def prepare(self) -> None:
        """Roles, database and grants; harmless when they stand already."""
        tests = self.name != "postgres"
        roles.prepare(lambda database: self.url(SUPERUSER, database), for_tests=tests)

    @property
    def _prepared(self) -> Path:
        return self.home / "prepared"

    def _fingerprint(self) -> str:
        """Changes when the roles' definition does: a running server is then prepared anew."""
        return hashlib.sha256(repr((roles.ROLES, roles.EXTENSIONS, roles.GRANTS)).encode()).hexdigest()

    def _stands(self) -> bool:
        """Whether the server takes connections and its roles are as this version wants them."""
        if not running.ready(self.data_dir, self.socket_dir):
            return False
        try:
            return self._prepared.read_text() == self._fingerprint()
        except OSError:
            return False

    def _launch(self, programs: binaries.Binaries) -> None:
        running.clear_leftovers(self.data_dir, self.socket_dir)
        if running.listening(self.socket_dir):
            raise LauncherError(
                f"Another server already answers on the socket in {self.socket_dir}.",
                "Stop that server first, or name another folder with WAYPOST_DATABASE_DIR.",
            )
        before = self._log_size()
        # Given at each start, never written into the data folder: a moved folder starts as well.
        options = {
            "shared_buffers": f"{self._cache()}MB",
            **SETTINGS,
            **self.settings,
            "listen_addresses": "",
            "port": str(running.PORT),
            "unix_socket_directories": f'"{self.socket_dir}"',
            "unix_socket_permissions": "0700",
        }
        words = " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in options.items())
        command = [programs.program("pg_ctl"), "start", "-D", str(self.data_dir), "-l", str(self.log_file)]
        done = self.account.run([*command, "-w", "-t", str(PATIENCE), "-o", words], timeout=PATIENCE + 10)
        if done.returncode != 0:
            said = self._log_since(before) or done.stdout
            raise from_output(said, doing="start", data=self.data_dir, log=self.log_file)

    def _cache(self) -> int:
        """Megabytes for what was read: a quarter of the memory, 2 GB at most; the tests' need little."""
        return max(128, min(memory.megabytes() // 4, 2048)) if self.name == "postgres" else 128

    def _log_size(self) -> int:
        """The log's length; one that has grown too long is put aside as ``server.log.old`` first."""
        try:
            size = self.log_file.stat().st_size
            if size > LOG_LIMIT:
                self.log_file.replace(self.log_file.with_suffix(".log.old"))
                return 0
        except OSError:
            return 0
        return size

    def _log_since(self, position: int) -> str:
        try:
            with self.log_file.open("rb") as log:
                log.seek(position)
                return log.read(100_000).decode(errors="replace")
        except OSError:
            return ""

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Two commands that start at the same moment must not make two clusters."""
        path = self.base / f"{self.name}.starting"
        try:
            handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise problem(self.base, error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
