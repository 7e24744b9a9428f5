"""What an import did: counts by table, what was set aside, what was kept with a mark."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from waypost.directory.hsds import ORDER
from waypost.directory.services import Gone
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow, Remark

COUNTS = ("read", "created", "updated", "unchanged", "quarantined")
MAX_MARKS = 20_000


@dataclass(slots=True)
class Report:
    """``read`` is always the sum of the other four. Rows that other rows' cells stood for are counted too.

    ``held_back``: organizations that speak of a shelter for victims, whose addresses wait for a human.
    ``gone``: what a complete delivery no longer names, or would hide;
    ``damaged``: files that were cut off. ``unlisted``: rows like somebody who asked not to be
    listed, hidden until a human has looked.
    """

    source: str
    dry_run: bool
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    quarantine: list[Remark] = field(default_factory=list)
    marked: list[Remark] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    held_back: int = 0
    gone: Gone | None = None
    damaged: list[str] = field(default_factory=list)
    unlisted: int = 0

    def take_rows(self, table: str, rows: Iterable[RawRow], repeated: int) -> None:
        """Count the rows of one table; the repetitions of a row are unchanged."""
        counts = self.tables.setdefault(table, dict.fromkeys(COUNTS, 0))
        for row in rows:
            counts["read"] += 1
            if row.problem:
                counts["quarantined"] += 1
                self.quarantine.append(_remark(row, *row.problem))
            elif len(self.marked) < MAX_MARKS:
                self.marked += [_remark(row, rule, reason) for rule, reason in dict.fromkeys(row.marks)]
        counts["unchanged"] += repeated

    def mark(self, remarks: Iterable[Remark]) -> None:
        """Rows that are kept with a mark, found when all of their table was there."""
        self.marked += list(remarks)[: max(MAX_MARKS - len(self.marked), 0)]

    def take_written(self, table: str, created: int, updated: int, unchanged: int) -> None:
        """Add what the directory says it did with the accepted rows."""
        counts = self.tables[table]
        counts["created"] += created
        counts["updated"] += updated
        counts["unchanged"] += unchanged

    @property
    def rows_read(self) -> int:
        """How many rows the files held, good or bad, apart from what is no row at all."""
        return sum(counts["read"] for table, counts in self.tables.items() if table != UNKNOWN_TABLE)

    @property
    def rows_written(self) -> int:
        """How many rows are new or different."""
        return sum(counts["created"] + counts["updated"] for counts in self.tables.values())

    def as_json(self) -> dict[str, Any]:
        """The report as the ``--report`` file holds it."""
        return {
            "source": self.source,
            "dry_run": self.dry_run,
            "tables": self.tables,
            "held_back": self.held_back,
            "unlisted": self.unlisted,
            "gone": asdict(self.gone) if self.gone else None,
            "quarantine": [asdict(each) for each in self.quarantine],
            "marked": [asdict(each) for each in self.marked],
            "ignored": [{"file": name, "reason": reason} for name, reason in self.ignored],
            "unreadable": [{"file": name, "reason": reason} for name, reason in self.unreadable],
        }

    def as_lines(self) -> list[str]:
        """The report as an aligned table for a terminal, with the rules that set rows aside."""
        lines = [f"{'table':<26}" + "".join(f"{name:>12}" for name in COUNTS)]
        for table in [*(each.name for each in ORDER), UNKNOWN_TABLE]:
            if counts := self.tables.get(table):
                lines.append(f"{table:<26}" + "".join(f"{counts[name]:>12}" for name in COUNTS))
        total = {name: sum(counts[name] for counts in self.tables.values()) for name in COUNTS}
        lines.append(f"{'all':<26}" + "".join(f"{total[name]:>12}" for name in COUNTS))
        lines += _tally("Set aside", self.quarantine) + _tally("Kept with a mark", self.marked)
        lines += [f"Not read: {name} {reason}." for name, reason in self.ignored[:20]]
        if self.held_back:
            lines.append(f"Addresses kept private until somebody has looked: {self.held_back} organizations.")
        if self.unlisted:
            lines.append(
                f"Like somebody who asked not to be listed, hidden until looked at: {self.unlisted}."
            )
        return lines + (_gone(self.gone) if self.gone else [])


def _gone(gone: Gone) -> list[str]:
    if gone.too_many:
        kinds = " and ".join(f"{kind}s" for kind in gone.too_many)
        return [
            f"More than a fifth of the feed's {kinds} is missing from these files: nothing was hidden. "
            "If that is right, say --even-if-many."
        ]
    lines = [
        f"No longer in the feed, hidden: {number} {kind}s" for kind, number in gone.hidden.items() if number
    ]
    lines += [
        f"Known again under other words: {number} {kind}s" for kind, number in gone.followed.items() if number
    ]
    return lines + (
        [f"No longer in the feed, removed: {gone.removed} rows below listings"] if gone.removed else []
    )


def tally(remarks: list[Remark]) -> list[tuple[str, str, int, str]]:
    """Table, rule, how often, and one example in words; the most frequent first."""
    kinds = Counter((each.table, each.rule) for each in remarks)
    example = {(each.table, each.rule): each.reason for each in reversed(remarks)}
    return [(*kind, count, example[kind]) for kind, count in kinds.most_common()]


def _tally(title: str, remarks: list[Remark]) -> list[str]:
    return [f"{title}: {count} in {table}: {rule}" for table, rule, count, _example in tally(remarks)]


def _remark(row: RawRow, rule: str, reason: str) -> Remark:
    return Remark(row.table, row.number, row.source_id, rule, reason, row.file)
