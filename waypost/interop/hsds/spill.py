"""What a feed has brought so far, on disk: an import holds some thousand rows in memory, however long it is.

The file has no name and goes with the import.
"""

import pickle
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, islice
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from waypost.directory.hsds import FLAG, TABLES, TEXT
from waypost.directory.services import IncomingRow
from waypost.interop.hsds.rows import RawRow

CACHE_KIB = 65536
PIECE = 4000  # rows that are gathered before they are put down
MOST_LETTERS = 16_000_000  # or so many letters
HANDED = 5000  # rows that are handed back at a time
ASKED = 500  # ids in one question
_TABLES = """
CREATE TABLE raw (seq INTEGER PRIMARY KEY, held TEXT, first INTEGER, number INTEGER, body BLOB);
CREATE TABLE parent (seq INTEGER PRIMARY KEY, id BLOB, source_id TEXT);
CREATE TABLE note (kind TEXT, key TEXT, word TEXT);
CREATE TABLE accepted (seq INTEGER PRIMARY KEY, id BLOB UNIQUE, held TEXT, number INTEGER, link BLOB,
    body BLOB);
CREATE TABLE promised (id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE forward (id BLOB, col TEXT, target BLOB, named TEXT, number INTEGER, file TEXT);
CREATE TABLE said (digest BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID;
CREATE INDEX raw_by_table ON raw (held);
CREATE INDEX accepted_by_link ON accepted (link) WHERE link IS NOT NULL;
"""
_BLANK: dict[str, dict[str, Any]] = {
    table.name: {
        name: "" if kind == TEXT else False if kind == FLAG else None for name, kind in table.columns.items()
    }
    for table in TABLES.values()
}


class Spill:
    """Rows as they were read, table by table; then those that were accepted, by id."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        self._base.execute("BEGIN")
        self._gathered: dict[str, list[RawRow]] = defaultdict(list)
        self._rows = self._letters = 0
        self._next = count()
        self.counts: dict[str, int] = defaultdict(int)  # rows that were read

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    # What was read

    def take(self, record: Iterable[RawRow]) -> None:
        """The rows of one record: those inside others stand with them, and after them."""
        rows = list(record)
        for row in rows:
            row.seq = next(self._next)
        for row in rows:
            for parent in row.parents.values():
                parent.is_parent = True
            self._gathered[row.table].append(row)
            self._letters += sum(len(each) for each in row.values.values() if type(each) is str)
        self._rows += len(rows)
        if self._rows >= PIECE or self._letters > MOST_LETTERS:
            self.put_down()

    def put_down(self) -> None:
        """Write what was gathered."""
        for table, rows in self._gathered.items():
            self.counts[table] += len(rows)
            body = zlib.compress(pickle.dumps([_packed(row) for row in rows], protocol=5), 1)
            self._base.execute(
                "INSERT INTO raw (held, first, number, body) VALUES (?, ?, ?, ?)",
                [table, rows[0].seq, len(rows), body],
            )
        self._gathered.clear()
        self._rows = self._letters = 0

    def mark(self) -> int:
        """Where a file begins."""
        self.put_down()
        return next(self._next)

    def forget_since(self, mark: int) -> None:
        """Its rows go: it could not be read to its end."""
        self.put_down()
        for table, rows in self._base.execute("SELECT held, number FROM raw WHERE first > ?", [mark]):
            self.counts[table] -= rows
        self._base.execute("DELETE FROM raw WHERE first > ?", [mark])

    def note(self, kind: str, key: str, word: str) -> None:
        """Something that rows of another table want to know."""
        self._base.execute("INSERT INTO note VALUES (?, ?, ?)", [kind, key, word])

    def read_to_the_end(self) -> None:
        """All is there: from here on it is asked for."""
        self.put_down()
        self._base.execute("CREATE INDEX IF NOT EXISTS note_by_key ON note (kind, key)")

    def noted(self, kind: str, key: str) -> list[str]:
        """What was noted, in the order in which it came."""
        query = "SELECT word FROM note WHERE kind = ? AND key = ? ORDER BY rowid"
        return [word for (word,) in self._base.execute(query, [kind, key])]

    def has_notes(self, kind: str) -> bool:
        """Whether anything of this kind was noted."""
        return self._base.execute("SELECT 1 FROM note WHERE kind = ? LIMIT 1", [kind]).fetchone() is not None

    def raw(self, table: str) -> Iterator[list[RawRow]]:
        """The rows of a table as they were read, in pieces; what lies around them has its id."""
        last = -1
        query = "SELECT seq, body FROM raw WHERE held = ? AND seq > ? ORDER BY seq LIMIT 1"
        while found := self._base.execute(query, [table, last]).fetchone():
            last, body = found
            yield self._unpacked(table, pickle.loads(zlib.decompress(body)))  # noqa: S301 - our own

    def _unpacked(self, table: str, packed: list[tuple[Any, ...]]) -> list[RawRow]:
        rows, around = [], {}
        for (
            values,
            number,
            file,
            scope,
            origin,
            parents,
            nested,
            record,
            problem,
            marks,
            seq,
            place,
            up,
        ) in packed:
            row = RawRow(table, values, number, file, scope, origin, parents, nested, record, problem, marks)
            row.seq, row.place, row.is_parent = seq, place, up
            rows.append(row)
            around[seq] = row
        wanted = {seq for row in rows for seq in row.parents.values()} - set(around)
        for seq, row_id, source_id in self._parents(wanted):  # type: ignore[arg-type]
            around[seq] = parent = RawRow("", {}, 0, "", source_id=source_id, seq=seq)
            parent.id = UUID(bytes=row_id) if row_id else None
        for row in rows:
            row.parents = {
                column: around.get(seq) or RawRow("", {}, 0, "", seq=seq)  # type: ignore[arg-type]
                for column, seq in row.parents.items()
            }
        return rows

    def _parents(self, wanted: Iterable[int]) -> Iterator[tuple[int, bytes | None, str]]:
        for asked in _pieces(sorted(wanted), ASKED):
            marks = ",".join("?" * len(asked))
            query = f"SELECT seq, id, source_id FROM parent WHERE seq IN ({marks})"  # noqa: S608
            yield from self._base.execute(query, asked)

    # What was decided

    def keep(self, rows: Iterable[RawRow], again: Iterable[RawRow]) -> None:
        """Rows that were accepted; ``again``: rows of earlier pieces into which something was filled."""
        self._base.executemany(
            "INSERT INTO accepted (id, held, number, link, body) VALUES (?, ?, ?, ?, ?)",
            (
                (row.ready.id.bytes, row.table, row.number, _link(row.ready, row.table), _body(row))
                for row in rows
                if row.ready
            ),
        )
        self._base.executemany(
            "UPDATE accepted SET body = ? WHERE id = ?",
            ((_body(row), row.ready.id.bytes) for row in again if row.ready),
        )

    def born(self, rows: Iterable[RawRow]) -> None:
        """Ids of rows inside which others lie."""
        self._base.executemany(
            "INSERT INTO parent VALUES (?, ?, ?)",
            ((row.seq, row.id.bytes if row.id else None, row.source_id) for row in rows if row.is_parent),
        )

    def accepted_of(self, ids: Iterable[UUID]) -> set[UUID]:
        """Those that were accepted."""
        return self._among("accepted", ids)

    def promised_of(self, ids: Iterable[UUID]) -> set[UUID]:
        """Those that rows of a table not yet decided on go by."""
        return self._among("promised", ids)

    def _among(self, table: str, ids: Iterable[UUID]) -> set[UUID]:
        found: set[UUID] = set()
        for asked in _pieces(list(ids), ASKED):
            marks = ",".join("?" * len(asked))
            query = f"SELECT id FROM {table} WHERE id IN ({marks})"  # noqa: S608 - our own names
            found |= {
                UUID(bytes=row_id) for (row_id,) in self._base.execute(query, [each.bytes for each in asked])
            }
        return found

    def promise(self, ids: Iterable[UUID]) -> None:
        """Ids of a table whose rows name one another."""
        self._base.executemany("INSERT OR IGNORE INTO promised VALUES (?)", ((each.bytes,) for each in ids))

    def said(self, digest: bytes) -> int:
        """How often a row without an id said this, with this time."""
        query = (
            "INSERT INTO said VALUES (?, 1) ON CONFLICT (digest) DO UPDATE SET times = times + 1"
            " RETURNING times"
        )
        return int(self._base.execute(query, [digest]).fetchone()[0])

    def look_forward(self, row: RawRow, column: str, target: UUID, named: str) -> None:
        """A row names one of its own table that has not been decided on."""
        row_id = row.id.bytes if row.id else b""
        self._base.execute(
            "INSERT INTO forward VALUES (?, ?, ?, ?, ?, ?)",
            [row_id, column, target.bytes, named, row.number, row.file],
        )

    def looked_forward(self) -> Iterator[tuple[UUID, str, UUID, str, int, str]]:
        """Where nothing came: row, column, target, how it was named, row's number and file."""
        query = (
            "SELECT id, col, target, named, number, file FROM forward f"
            " WHERE NOT EXISTS (SELECT 1 FROM accepted a WHERE a.id = f.target) ORDER BY rowid"
        )
        for row_id, column, target, named, number, file in self._base.execute(query).fetchall():
            yield UUID(bytes=row_id), column, UUID(bytes=target), named, number, file
        self._base.execute("DELETE FROM forward")

    def get(self, row_id: UUID) -> RawRow | None:
        """The row that was accepted, with its number and what would be stored."""
        found = self._base.execute(
            "SELECT id, held, number, body FROM accepted WHERE id = ?", [row_id.bytes]
        ).fetchone()
        return _row(*found) if found else None

    # What is to be written

    def accepted(self, table: str) -> Iterator[list[RawRow]]:
        """The rows of a table as they came, in pieces."""
        query = "SELECT id, held, number, body FROM accepted WHERE held = ? ORDER BY seq"
        found = self._base.execute(query, [table])
        while piece := list(islice(found, HANDED)):
            yield [_row(*each) for each in piece]

    def linked(self, ids: Iterable[UUID]) -> list[RawRow]:
        """The attributes of these rows."""
        query = "SELECT id, held, number, body FROM accepted WHERE link = ? ORDER BY seq"
        return [_row(*each) for one in ids for each in self._base.execute(query, [one.bytes])]

    def count(self) -> int:
        """How many rows are kept."""
        return int(self._base.execute("SELECT count(*) FROM accepted").fetchone()[0])

    def ready_to_write(self) -> None:
        """All is decided: what comes now asks by table."""
        self._base.execute("CREATE INDEX accepted_by_table ON accepted (held, seq)")


def _packed(row: RawRow) -> tuple[Any, ...]:
    parents = {column: parent.seq for column, parent in row.parents.items()}
    return (
        row.values, row.number, row.file, row.scope, row.origin, parents, row.nested, row.record, row.problem,
        row.marks, row.seq, row.place, row.is_parent,
    )  # fmt: skip


def _body(row: RawRow) -> bytes:
    """What would be stored, without the columns that say nothing."""
    ready = row.ready
    if ready is None:
        return b""
    blank = _BLANK[row.table]
    values = {
        name: value for name, value in ready.values.items() if name not in blank or blank[name] != value
    }
    return pickle.dumps((ready.source_scope, ready.source_id, values, ready.extra), protocol=5)


def _row(row_id: bytes, table: str, number: int, body: bytes) -> RawRow:
    scope, source_id, values, extra = pickle.loads(body)  # noqa: S301 - written by this very process
    ready = IncomingRow(UUID(bytes=row_id), scope, source_id, _BLANK[table] | values, extra)
    return RawRow(table, {}, number, "", scope, source_id=source_id, id=ready.id, accepted=True, ready=ready)


def _link(ready: IncomingRow, table: str) -> bytes | None:
    link = ready.values.get("link_id") if table == "attributes" else None
    return link.bytes if link else None


def _pieces(held: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(held), size):
        yield held[start : start + size]
