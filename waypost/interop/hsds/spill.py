"""What a long feed has brought so far, on disk: an import in slices holds one slice in memory.

The file has no name and goes with the import.
"""

import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from types import TracebackType
from typing import Self
from uuid import UUID

from waypost.directory.services import IncomingRow
from waypost.interop.hsds.rows import RawRow

CACHE_KIB = 65536
PIECE = 5000  # rows that are handed back at a time
_TABLES = """
CREATE TABLE accepted (seq INTEGER PRIMARY KEY, id BLOB UNIQUE, held TEXT, number INTEGER, link BLOB,
    body BLOB);
CREATE TABLE aside (seq INTEGER PRIMARY KEY, held TEXT, body BLOB);
CREATE TABLE missed (id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE promised (id BLOB PRIMARY KEY) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS by_table ON accepted (held);
CREATE INDEX IF NOT EXISTS by_link ON accepted (link) WHERE link IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_aside ON aside (held);
"""


class Spill:
    """Accepted rows by id, rows that were set aside, and names of rows that were not there yet."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        self._base.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def __contains__(self, row_id: UUID) -> bool:
        """Whether a row was accepted in an earlier slice, or in an earlier round."""
        query = (
            "SELECT EXISTS (SELECT 1 FROM accepted WHERE id = ?1)"
            " OR EXISTS (SELECT 1 FROM promised WHERE id = ?1)"
        )
        return bool(self._base.execute(query, [row_id.bytes]).fetchone()[0])

    def get(self, row_id: UUID) -> RawRow | None:
        """The row that an earlier slice accepted, with its number and what would be stored."""
        found = self._base.execute(
            "SELECT held, number, body FROM accepted WHERE id = ?", [row_id.bytes]
        ).fetchone()
        return _row(row_id.bytes, *found) if found else None

    def keep(self, accepted: Iterable[RawRow]) -> None:
        """Rows of a slice; those that came before take over what this slice filled in."""
        self._base.executemany(
            "INSERT INTO accepted (id, held, number, link, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (
                (row.ready.id.bytes, row.table, row.number, _link(row.ready, row.table), _packed(row.ready))
                for row in accepted
                if row.ready
            ),
        )

    def put_aside(self, rows: Iterable[RawRow]) -> None:
        """Rows that are not kept."""
        self._base.executemany(
            "INSERT INTO aside (held, body) VALUES (?, ?)",
            ((row.table, zlib.compress(pickle.dumps(replace(row, parents={})), 1)) for row in rows),
        )

    def miss(self, ids: Iterable[UUID]) -> None:
        """Rows that were named and are not there: a later slice may bring them."""
        self._base.executemany("INSERT OR IGNORE INTO missed VALUES (?)", ((each.bytes,) for each in ids))

    def begin_again(self) -> bool:
        """Whether a row came only after it was named: then all but the ids goes, for another round."""
        query = "SELECT EXISTS (SELECT 1 FROM missed JOIN accepted USING (id))"
        if not self._base.execute(query).fetchone()[0]:
            return False
        self._base.execute("INSERT OR IGNORE INTO promised SELECT id FROM accepted")
        for name in ("accepted", "aside", "missed"):
            self._base.execute(f"DELETE FROM {name}")  # noqa: S608 - our own names
        return True

    def ready_to_read(self) -> None:
        """All is there: what comes now asks by table."""
        for statement in filter(str.strip, _INDEXES.split(";")):
            self._base.execute(statement)

    def accepted(self, table: str) -> Iterator[list[RawRow]]:
        """The rows of a table as they came, in pieces."""
        query = "SELECT id, held, number, body FROM accepted WHERE held = ? ORDER BY seq"
        found = self._base.execute(query, [table])
        while piece := list(islice(found, PIECE)):
            yield [_row(*each) for each in piece]

    def linked(self, ids: Iterable[UUID]) -> list[RawRow]:
        """The attributes of these rows."""
        query = "SELECT id, held, number, body FROM accepted WHERE link = ? ORDER BY seq"
        return [_row(*each) for one in ids for each in self._base.execute(query, [one.bytes])]

    def aside(self, table: str) -> Iterator[RawRow]:
        """The rows of a table that are not kept."""
        for (body,) in self._base.execute("SELECT body FROM aside WHERE held = ? ORDER BY seq", [table]):
            yield pickle.loads(zlib.decompress(body))  # noqa: S301 - written by this very process

    def count(self) -> int:
        """How many rows are kept."""
        return int(self._base.execute("SELECT count(*) FROM accepted").fetchone()[0])


def _packed(ready: IncomingRow) -> bytes:
    return zlib.compress(
        pickle.dumps((ready.source_scope, ready.source_id, ready.values, ready.extra), protocol=5), 1
    )


def _row(row_id: bytes, table: str, number: int, body: bytes) -> RawRow:
    scope, source_id, values, extra = pickle.loads(zlib.decompress(body))  # noqa: S301 - our own
    ready = IncomingRow(UUID(bytes=row_id), scope, source_id, values, extra)
    return RawRow(table, {}, number, "", scope, source_id=source_id, id=ready.id, accepted=True, ready=ready)


def _link(ready: IncomingRow, table: str) -> bytes | None:
    link = ready.values.get("link_id") if table == "attributes" else None
    return link.bytes if link else None
