"""What is kept of an import beside its rows: sums in words, first rows, what changes, the error file."""

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from waypost.directory import selectors, services
from waypost.interop.hsds.report import Report, tally
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.watching import Watcher
from waypost.interop.imports import folders
from waypost.interop.imports.setaside import SetAside

FIRST_ROWS = 20
MOST_REMARKS = 300
TICK = 0.5  # seconds between two notes of the progress


class RunWatcher(Watcher):
    """Notes how far the import is, keeps what was set aside, what changes, and the first rows."""

    def __init__(
        self, run_id: UUID, keeper: services.ChangeKeeper | None, *, says_how_far: bool = True
    ) -> None:
        self.run_id, self.keeper, self.says_how_far = run_id, keeper, says_how_far
        self.aside = SetAside()
        self.first: dict[str, list[dict[str, Any]]] = {}
        self.examples: list[dict[str, Any]] = []
        self._said = 0.0

    def at(self, phase: str, done: int, total: int = 0) -> None:
        """A note every half second at the most."""
        if self.says_how_far and (time.monotonic() - self._said > TICK or not done):
            self._said = time.monotonic()
            folders.say(self.run_id, phase, done, total)

    def set_aside(self, row: RawRow) -> None:
        """Kept for the error file."""
        self.aside.add(row)

    def kept(self, table: str, rows: Sequence[services.IncomingRow]) -> None:
        """The first rows, as they would stand in the directory."""
        held = self.first.setdefault(table, [])
        for row in rows[: FIRST_ROWS - len(held)]:
            held.append({name: _shown(value) for name, value in row.values.items() if _shown(value)})

    def changing(self, table: str, rows: Sequence[services.IncomingRow]) -> None:
        """Into the history, or a few examples when nothing is written."""
        if self.keeper is not None:
            self.keeper.changing(table, rows)
        elif len(self.examples) < FIRST_ROWS:
            private = selectors.kept_private(table, [row.id for row in rows[:FIRST_ROWS]])
            for row_id, title, before, after in services.differences(table, rows[:FIRST_ROWS]):
                if len(self.examples) < FIRST_ROWS and row_id not in private:
                    self.examples.append({"table": table, "title": title, "before": before, "after": after})


def _shown(value: Any) -> str:
    if value in (None, "", [], {}, False):
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text[:200]


def body_of(report: Report, watcher: RunWatcher) -> dict[str, Any]:
    """What the page shows of it; the whole list of marks stays with the command's report."""
    return {
        "ignored": [list(each) for each in report.ignored[:MOST_REMARKS]],
        "unreadable": [list(each) for each in report.unreadable[:MOST_REMARKS]],
        "wrong": tally(report.quarantine),
        "marked": tally(report.marked),
        "first": watcher.first,
        "examples": watcher.examples,
        "all_set_aside_kept": watcher.aside.complete,
        "gone": sum(report.gone.hidden.values()) if report.gone else 0,
        "removed": report.gone.removed if report.gone else 0,
        "held_back": report.held_back,
        "unlisted": report.unlisted,
    }
