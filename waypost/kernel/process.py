"""Keeping child processes alive. No Django.

Each child leads a process group of its own: when it dies, what it left running is ended too, so that a
half-dead web server cannot keep the port from its successor.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE = 0.5  # seconds before a dead child is started again, doubled each time
LONGEST_PAUSE = 15.0
STEADY = 30.0  # seconds after which a child counts as well again
GRACE = 15.0  # seconds to finish in when told to end
TICK = 0.1


@dataclass
class Child:
    """One program to keep running; ``env`` is its whole environment."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default=0.0)

    @property
    def pid(self) -> int | None:
        """The group's number, which is the child's own."""
        return self.process.pid if self.process else None

    def start(self) -> None:
        """Start it in a group of its own."""
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            list(self.command),
            env=dict(self.env),
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = time.monotonic()

    def look(self, say: Callable[[str], None]) -> bool:
        """Start it again if it died and its pause is over; True when it was started."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return False
            signal_group(self.process.pid, signal.SIGKILL)
            self.process = None
            self.pause = FIRST_PAUSE if now - self.started > STEADY else min(self.pause * 2, LONGEST_PAUSE)
            self.due = now + self.pause
            say(f"The {self.name} ended ({_ending(code)}); it is started again in {self.pause:.0f} s.")
        if now < self.due:
            return False
        self.start()
        return True


def supervise(
    children: Sequence[Child],
    *,
    stopping: Callable[[], bool],
    say: Callable[[str], None],
    started: Callable[[], None],
) -> None:
    """Run the children until ``stopping()``; ``started`` is called after each start. Ends them at the end."""
    try:
        while not stopping():
            if any([child.look(say) for child in children]):
                started()
            time.sleep(TICK)
    finally:
        end([child.process for child in children if child.process])


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every group to end, wait, then kill what is left."""
    for process in processes:
        if process.poll() is None:
            # The leader alone first: it ends its own helpers in good order.
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        signal_group(process.pid, signal.SIGKILL)
        process.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to all of a group, if there is any of it left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def command_line(pid: int) -> str:
    """The command of a live process, '' when there is none: proof that a noted pid is still ours."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        pass
    if Path("/proc/self").exists():
        return ""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run(  # noqa: S603
            ["ps", "-p", str(pid), "-o", "command="],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        ).stdout.strip()
    return ""


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
