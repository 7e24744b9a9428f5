"""A feed in pieces: read to a file, decided on table by table, then written; little of it is in memory.

The rows are read once, in whatever order they come. References lead to tables that are decided on before, so
nothing has to be read again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from waypost.directory.hsds import ORDER, TABLES
from waypost.directory.selectors import need_words
from waypost.interop.hsds.errors import Damaged, Unreadable
from waypost.interop.hsds.files import collect
from waypost.interop.hsds.hours import are_weekdays, read_as_weekday, start_of, week_of
from waypost.interop.hsds.legacy import eligibility_of, fold_eligibility, modernise, note_place
from waypost.interop.hsds.mapped import read_mapped
from waypost.interop.hsds.mapping import Mapping
from waypost.interop.hsds.names import table_of
from waypost.interop.hsds.needs import Terms, classify
from waypost.interop.hsds.objects import read_objects
from waypost.interop.hsds.publish import PROFILE_KEY
from waypost.interop.hsds.references import Resolver
from waypost.interop.hsds.report import Report
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow
from waypost.interop.hsds.spill import Spill
from waypost.interop.hsds.streams import FeedFile
from waypost.interop.hsds.tabular import read_table
from waypost.interop.hsds.watching import Watcher

Write = Callable[[str, Sequence[RawRow]], None]
BLANK = b"\xef\xbb\xbf \t\r\n"
TOLD = 2000  # rows between two words to who looks on
_OWN = {
    table.name: columns
    for table in ORDER
    if (columns := [each.column for each in table.references if each.table == table.name])
}


def read_feed(
    paths: Iterable[Path], report: Report, mapping: Mapping | None, spill: Spill, watcher: Watcher
) -> None:
    """Put down every row of the files. A file that cannot be read to its end brings nothing."""
    for path in paths:
        try:
            collected = collect(path, mapping.covers if mapping else None)
        except Unreadable as error:
            _not_read(report, str(path), error)
            continue
        report.ignored += collected.ignored
        for feed_file in collected.files:
            mark = spill.mark()
            try:
                for read, record in enumerate(_records(feed_file, mapping)):
                    _take(list(modernise(record)), spill)
                    if not read % TOLD:
                        watcher.at("reading", sum(spill.counts.values()))
            except Unreadable as error:
                spill.forget_since(mark)
                _not_read(report, feed_file.name, error)
    spill.read_to_the_end()
    watcher.at("reading", sum(spill.counts.values()))


def _not_read(report: Report, name: str, error: Unreadable) -> None:
    report.unreadable.append((name, str(error)))
    if isinstance(error, Damaged):
        report.damaged.append(name)


def _records(feed_file: FeedFile, mapping: Mapping | None) -> Iterator[list[RawRow]]:
    """What each record of a file says, by what its name and its first bytes say."""
    if sheet := mapping.sheet(feed_file.name) if mapping else None:
        return read_mapped(sheet, feed_file)
    start = feed_file.sniff()
    name, suffix = feed_file.name, feed_file.path.suffix.lower()
    body = start.lstrip(BLANK)
    if not start.strip(b"\x00" + BLANK) and not _goes_on(feed_file):
        if table_of(name):
            return iter(())
        raise Unreadable(f"{name} is empty.")
    if suffix in (".json", ".ndjson", ".jsonl") or body[:1] in (b"{", b"["):
        return read_objects(name, feed_file.pieces)
    if body[:1] == b"<":
        raise Unreadable(f"{name} is a web page or XML, not a table or JSON.")
    table = read_table(feed_file.path.name, feed_file.pieces())
    if table is None:
        raise Unreadable(f"{name} is not a table of Human Services Data that Waypost knows, nor JSON.")
    return ([row] for row in table)


def _goes_on(feed_file: FeedFile) -> bool:
    return any(piece.strip(b"\x00" + BLANK) for piece in feed_file.pieces())


def _take(record: list[RawRow], spill: Spill) -> None:
    """Put a record down, with what rows of other tables will want to know of it."""
    for row in record:
        note_place(row)
    spill.take(record)
    for row in record:
        if row.table == "attributes" and (said := eligibility_of(row)):
            spill.note("eligibility", _key(row, said[0]), said[1])
        elif row.table == "locations" and (owner := row.values.get("organization_id")):
            spill.note("place", _key(row, str(row.values.get("id", "")).strip()), str(owner))
        elif row.table == "schedules" and (group := week_of(row)):
            spill.note("week", repr(group), start_of(row))
        if (own := _OWN.get(row.table)) and (PROFILE_KEY in row.values or any(map(row.values.get, own))):
            spill.note(f"own:{row.table}", "", "")


def _key(row: RawRow, row_id: str) -> str:
    return f"{row.scope}\n{row_id}"


def decide(report: Report, spill: Spill, watcher: Watcher) -> None:
    """Decide on every row; the sums of what was read are in ``report`` then."""
    resolver, total, done = Resolver(report.source, spill), sum(spill.counts.values()), 0
    watcher.at("checking", 0, total)
    folds = {kind: spill.has_notes(kind) for kind in ("eligibility", "place", "week")}
    for table in ORDER:
        resolver.begin(table)
        for rows in spill.raw(table.name):
            for row in rows if any(folds.values()) else ():
                _fold(row, spill, folds)
            repeated = resolver.piece(table, rows)
            report.take_rows(table.name, rows, repeated)
            for row in rows:
                if row.problem:
                    watcher.set_aside(row)
            done += len(rows)
            watcher.at("checking", done, total)
        report.mark(resolver.end(table))
    spill.ready_to_write()


def _fold(row: RawRow, spill: Spill, folds: dict[str, bool]) -> None:
    if row.problem:
        return
    if row.table == "services":
        if folds["eligibility"] and (row_id := str(row.values.get("id", "")).strip()):
            fold_eligibility(row, spill.noted("eligibility", _key(row, row_id)))
        if folds["place"] and row.place and (owners := spill.noted("place", _key(row, row.place))):
            row.values["organization_id"] = owners[-1]
    elif folds["week"] and (group := week_of(row)):
        if are_weekdays(set(spill.noted("week", repr(group)))):
            read_as_weekday(row)


def write(spill: Spill, watcher: Watcher, put: Write) -> None:
    """Hand the rows to ``put`` in the order of the tables, with the needs that services answer."""
    words, terms = need_words(), Terms()
    total, done = spill.count(), 0
    watcher.at("writing", 0, total)
    for table in ORDER:
        for piece in spill.accepted(table.name):
            if table.name == "taxonomy_terms":
                terms.take(piece)
            elif table.name == "services":
                named = spill.linked(row.ready.id for row in piece if row.ready)
                classify(piece, named, terms, words)
            put(table.name, piece)
            done += len(piece)
            watcher.at("writing", done, total)


def unknown(report: Report, spill: Spill, watcher: Watcher) -> None:
    """What is no row at all comes last."""
    for rows in spill.raw(UNKNOWN_TABLE):
        report.take_rows(UNKNOWN_TABLE, rows, 0)
        for row in rows:
            watcher.set_aside(row)


def has_rows(spill: Spill) -> bool:
    """Whether any file held something that is a row of HSDS, good or bad."""
    return any(number for table, number in spill.counts.items() if table in TABLES)
