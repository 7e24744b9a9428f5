"""What a running ``waypost up`` notes about itself, so that another command can find and end it."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from waypost.cli.main import ROOT
from waypost.kernel.process import GRACE, command_line, signal_group

OURS = ("waypost", "granian")  # one of these stands in the command line of all that we start


@dataclass(frozen=True)
class Notes:
    """The supervisor's pid, the site's address and the children's groups by name."""

    pid: int
    address: str
    children: Mapping[str, int]

    @property
    def alive(self) -> bool:
        """Whether that supervisor still runs."""
        return _ours(self.pid)


def file() -> Path:
    """Where the notes lie."""
    return Path(os.environ.get("WAYPOST_VAR_DIR", ROOT / "var")) / "up.json"


def read() -> Notes | None:
    """The notes of the last ``waypost up``; None when there are none that can be read."""
    try:
        kept = json.loads(file().read_text())
        children = {str(name): int(pid) for name, pid in kept["children"].items()}
        return Notes(int(kept["pid"]), str(kept["address"]), children)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(address: str, children: Mapping[str, int]) -> None:
    """Note down this process and its children, whole or not at all."""
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"pid": os.getpid(), "address": address, "children": dict(children)}))
    draft.replace(path)


def forget() -> None:
    """Remove the notes."""
    file().unlink(missing_ok=True)


def end_orphans(notes: Notes) -> int:
    """End the children that a killed supervisor left behind; returns how many."""
    left = [pid for pid in notes.children.values() if _ours(pid)]
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while any(_ours(pid) for pid in left) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid in left:
        signal_group(pid, signal.SIGKILL)
    return len(left)


def _ours(pid: int) -> bool:
    line = command_line(pid)
    return any(word in line for word in OURS)
