"""Making a cluster's folders and data: wholly, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.kernel.postgres.account import Account, problem
from waypost.kernel.postgres.binaries import Binaries
from waypost.kernel.postgres.errors import LauncherError, from_output

if TYPE_CHECKING:
    from waypost.kernel.postgres.cluster import Cluster

FIRST_WITH_OWN_LOCALE = 17
INITDB_SECONDS = 300
SPACE_NEEDED = 120_000_000  # bytes: a new cluster takes about 40 MB, its first write-ahead log 16 to 80 MB


def made_by(data: Path) -> str:
    """The major version that made this data folder ('18'), or ''."""
    try:
        return (data / "PG_VERSION").read_text().strip()
    except OSError:
        return ""


def base_folder(base: Path, account: Account) -> None:
    """The folder that holds the clusters; a server that runs as nobody must be able to walk through it."""
    try:
        missing = [folder for folder in [base, *base.parents] if not folder.exists()]
        for folder in [base, *base.parents]:
            if folder not in missing and account.uid is not None:
                _enterable(folder, account.uid)
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            if account.uid is not None:
                folder.chmod(0o755)
    except OSError as error:
        raise problem(base, error) from error


def _enterable(folder: Path, uid: int) -> None:
    facts = folder.stat()
    if not facts.st_mode & stat.S_IXOTH and facts.st_uid != uid:
        raise LauncherError(
            f"Root runs the database as uid {uid}, which may not enter {folder}.",
            "Name a folder below an open one with WAYPOST_DATABASE_DIR, or leave that setting out.",
        )


def data_folder(cluster: Cluster, programs: Binaries) -> None:
    """See that the data folder stands and fits the programs.

    initdb works beside it and the result is renamed, so that a kill in the middle leaves no half a cluster.
    """
    cluster.account.folder(cluster.home)
    private_sockets(cluster)
    found = made_by(cluster.data_dir)
    if found:
        _same_version(found, programs, cluster.data_dir)
        return
    if cluster.data_dir.exists() and any(cluster.data_dir.iterdir()):
        raise LauncherError(
            f"{cluster.data_dir} is not a PostgreSQL data folder, but it is not empty either.",
            "Nothing was touched. Move it away, then start again.",
        )
    unfinished = cluster.home / "data.making"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        _room(cluster.home)
        _initdb(cluster, programs, unfinished)
        if cluster.data_dir.exists():
            cluster.data_dir.rmdir()
        unfinished.rename(cluster.data_dir)
    except OSError as error:
        raise problem(cluster.home, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def private_sockets(cluster: Cluster) -> None:
    """The socket's folder, 0700: only its owner (and root) can connect. It must not be somebody else's."""
    folder = cluster.socket_dir
    with contextlib.suppress(FileNotFoundError):
        facts = folder.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in {cluster.account.uid, os.geteuid()}:
            raise LauncherError(
                f"The folder {folder}, meant for the database's socket, belongs to somebody else.",
                "Remove it, or name a folder with a shorter path with WAYPOST_DATABASE_DIR.",
            )
    cluster.account.folder(folder)


def _same_version(found: str, programs: Binaries, data: Path) -> None:
    if found != str(programs.major):
        raise LauncherError(
            f"The data in {data} was made by PostgreSQL {found}, "
            f"the server found here is {programs.version}.",
            f"Nothing was touched. Name the folder of PostgreSQL {found}'s programs with WAYPOST_PG_BIN, "
            f"or move {data} away to begin with an empty database.",
        )


def _room(home: Path) -> None:
    if shutil.disk_usage(home).free < SPACE_NEEDED:
        raise LauncherError(
            f"The disk that holds {home} has less than {SPACE_NEEDED // 1_000_000} MB left, "
            "too little for a new database.",
            "Make room on it, or name another folder with WAYPOST_DATABASE_DIR, then start again.",
        )


def _initdb(cluster: Cluster, programs: Binaries, target: Path) -> None:
    """Try the best locale first.

    ``trust`` holds for the socket alone, whose folder nobody but its owner (and root) can enter.
    """
    own = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    provider = own if programs.major >= FIRST_WITH_OWN_LOCALE else []
    said = ""
    for locale in ("C.UTF-8", "C"):
        command = [programs.program("initdb"), "-D", str(target), "--username=postgres", "--encoding=UTF8"]
        command += [f"--locale={locale}", *provider, "--auth-local=trust", "--auth-host=reject"]
        command += ["--no-sync"] if cluster.settings.get("fsync") == "off" else []
        done = cluster.account.run(command, timeout=INITDB_SECONDS)
        if done.returncode == 0:
            return
        said = done.stdout
        shutil.rmtree(target, ignore_errors=True)
        if "locale" not in said:
            break
    raise from_output(said, doing="could not be set up: initdb", data=cluster.data_dir, log=cluster.log_file)
