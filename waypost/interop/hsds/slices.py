"""Long feeds of one JSON object a line, slice by slice: the same rows and sums as at once, in little memory.

Every slice is read and resolved, and what is decided goes to a file (``spill``). Where a row was named before
it came, the lines are read again with its id known. Only then is anything written, table by table.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from waypost.directory.hsds import ORDER
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.files import FeedFile, collect
from waypost.interop.hsds.hours import weekdays_in_wkst
from waypost.interop.hsds.legacy import fold_in, modernise
from waypost.interop.hsds.needs import classify
from waypost.interop.hsds.objects import is_lines, read_objects
from waypost.interop.hsds.references import Resolver
from waypost.interop.hsds.report import Report
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow
from waypost.interop.hsds.spill import Spill
from waypost.interop.hsds.watching import Watcher

SLICE = 2000  # objects
Write = Callable[[str, Sequence[RawRow]], None]


def line_files(paths: Iterable[Path]) -> tuple[list[FeedFile], list[tuple[str, str]]] | None:
    """The files of a feed that is long and all lines, with what lies beside them; None for any other feed."""
    files: list[FeedFile] = []
    ignored: list[tuple[str, str]] = []
    for path in paths:
        try:
            collected = collect(path)
            if not all(is_lines(each.path.name, next(_lines(each), b"")) for each in collected.files):
                return None
        except Unreadable:
            return None  # who reads it whole says why
        files += collected.files
        ignored += collected.ignored
    try:
        long = next(islice((line for each in files for line in _lines(each)), SLICE, None), None) is not None
    except Unreadable:
        return None
    return (files, ignored) if long else None


def resolve_slices(files: Sequence[FeedFile], report: Report, spill: Spill, watcher: Watcher) -> None:
    """Decide on every row of the feed; the sums of what was read are in ``report`` then."""
    while True:
        here = Report(report.source, report.dry_run)
        resolver = Resolver(report.source, spill)
        read = 0
        for rows in _slices(files):
            resolver.resolve(rows)
            for table, held in rows.items():
                here.take_rows(table, held, 0)
                read += len(held)
            spill.put_aside(row for held in rows.values() for row in held if row.problem)
            resolver.let_go()
            watcher.at("reading", read)
        for table, repeated in resolver.repeated.items():
            here.take_rows(table, (), repeated)
        if not spill.begin_again():
            break
    report.tables = here.tables
    report.quarantine += here.quarantine
    report.marked += here.marked
    spill.ready_to_read()


def write_slices(spill: Spill, watcher: Watcher, write: Write) -> None:
    """Hand the rows to ``write`` in the order of the tables, with the needs that services answer."""
    terms: list[RawRow] = []
    total, done = spill.count(), 0
    watcher.at("checking", 0, total)
    for table in ORDER:
        if table.name == "services":
            terms = [row for piece in spill.accepted("taxonomy_terms") for row in piece]
        for row in spill.aside(table.name):
            watcher.set_aside(row)
        for piece in spill.accepted(table.name):
            if table.name == "services":
                named = spill.linked(row.ready.id for row in piece if row.ready)
                classify({"services": piece, "taxonomy_terms": terms, "attributes": named})
            write(table.name, piece)
            done += len(piece)
            watcher.at("writing", done, total)
    for row in spill.aside(UNKNOWN_TABLE):
        watcher.set_aside(row)


def _slices(files: Sequence[FeedFile]) -> Iterator[dict[str, list[RawRow]]]:
    for each in files:
        numbers, lines = count(1), _lines(each)
        while data := b"".join(islice(lines, SLICE)):
            rows: dict[str, list[RawRow]] = {}
            for row in modernise(read_objects(each.name, data, numbers)):
                rows.setdefault(row.table, []).append(row)
            fold_in(row for held in rows.values() for row in held)
            weekdays_in_wkst(rows.get("schedules", []))
            yield rows


def _lines(file: FeedFile) -> Iterator[bytes]:
    """Lines with something in them."""
    return (line for line in (file.lines() if file.lines else ()) if line.strip())
