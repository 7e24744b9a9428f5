"""A feed into the directory: read, modernise, normalise, resolve, classify, store, report."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from waypost.directory import jobs
from waypost.directory.hsds import ORDER
from waypost.directory.services import (
    Seeing,
    begin_delivery,
    catch_up,
    count_anew,
    end_delivery,
    hide_unlisted,
    hold_back_shelters,
    lock_source,
    note_seen,
    settle_due,
    upsert_rows,
)
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.files import FeedFile, collect
from waypost.interop.hsds.hours import weekdays_in_wkst
from waypost.interop.hsds.legacy import fold_in, modernise
from waypost.interop.hsds.mapped import read_mapped
from waypost.interop.hsds.mapping import Mapping
from waypost.interop.hsds.names import table_of
from waypost.interop.hsds.needs import classify
from waypost.interop.hsds.objects import read_objects
from waypost.interop.hsds.references import Resolver
from waypost.interop.hsds.report import Report
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow
from waypost.interop.hsds.slices import line_files, resolve_slices, write_slices
from waypost.interop.hsds.spill import Spill
from waypost.interop.hsds.tabular import read_table
from waypost.interop.hsds.watching import NOBODY, Watcher
from waypost.kernel.clock import now

MAX_SOURCE = 100
MANY = 500  # rows written, from which on PostgreSQL should know of them before it plans


def import_feed(
    paths: Iterable[Path],
    *,
    source: str,
    dry_run: bool = False,
    mapping: Mapping | None = None,
    complete: bool = False,
    even_if_many: bool = False,
    watcher: Watcher = NOBODY,
    at: datetime | None = None,
) -> Report:
    """Import the files as one feed called ``source``, in one transaction.

    ``mapping`` says what the columns of tables mean that are not in the standard's form.
    A row that cannot be kept is set aside in the report; everything else goes in. Raises Unreadable, with
    a plain message, when nothing could be read at all. With ``dry_run`` nothing is written.
    ``complete``: the files bring all that the feed has; what they do not name is hidden (more than a fifth of
    it only with ``even_if_many``). ``watcher`` hears how it goes; ``at`` is the moment that the rows carry.
    """
    report = Report(source, dry_run)
    with transaction.atomic():
        lock_source(source)
        if complete and not dry_run:
            begin_delivery(source)
        at, paths = at or now(), list(paths)
        telling = _Telling(at, watcher, note_seen if complete else None)
        if long := None if mapping else line_files(paths):
            files, report.ignored = long
            with Spill() as spill:
                resolve_slices(files, report, spill, watcher)
                _store_slices(spill, report, telling)
        else:
            rows = _read(paths, report, mapping, watcher)
            if not report_has_rows(rows):
                raise Unreadable(_why(rows, report))
            _store(rows, report, telling)
        if not dry_run:
            if complete:
                report.gone = end_delivery(source=source, at=at, even_if_many=even_if_many)
            report.unlisted = hide_unlisted(source=source, at=at)
            settle_due()
            catch_up()
            jobs.find_duplicates.defer(source=source)
    return report


def report_has_rows(rows: dict[str, list[RawRow]]) -> bool:
    """Whether any file held something that is a row of HSDS, good or bad."""
    return any(held for table, held in rows.items() if table != UNKNOWN_TABLE)


def _why(rows: dict[str, list[RawRow]], report: Report) -> str:
    reasons = [reason for _, reason in report.unreadable]
    reasons += [f"{row.file}: {row.problem[1]}" for row in rows.get(UNKNOWN_TABLE, []) if row.problem]
    reasons += [f"{name} {reason}." for name, reason in report.ignored]
    return " ".join(reasons[:5]) or "The file holds no rows."


def _read(
    paths: Iterable[Path], report: Report, mapping: Mapping | None, watcher: Watcher
) -> dict[str, list[RawRow]]:
    rows: dict[str, list[RawRow]] = {}
    for path in paths:
        try:
            collected = collect(path, mapping.covers if mapping else None)
        except Unreadable as error:
            report.unreadable.append((str(path), str(error)))
            continue
        report.ignored += collected.ignored
        for feed_file in collected.files:
            _read_file(feed_file, rows, report, mapping)
            watcher.at("reading", sum(map(len, rows.values())))
    fold_in(row for held in rows.values() for row in held)
    weekdays_in_wkst(rows.get("schedules", []))
    return rows


def _read_file(
    feed_file: FeedFile, rows: dict[str, list[RawRow]], report: Report, mapping: Mapping | None
) -> None:
    sheet = mapping.sheet(feed_file.name) if mapping else None
    try:
        for row in modernise(read_mapped(sheet, feed_file) if sheet else _rows(feed_file)):
            rows.setdefault(row.table, []).append(row)
    except Unreadable as error:
        report.unreadable.append((feed_file.name, str(error)))


def _rows(feed_file: FeedFile) -> Iterator[RawRow]:
    """The rows of one file, by what its name and its first bytes say."""
    data = feed_file.load()
    name, suffix = feed_file.name, feed_file.path.suffix.lower()
    if not data.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        if table_of(name):
            return iter(())
        raise Unreadable(f"{name} is empty.")
    if suffix in (".json", ".ndjson", ".jsonl") or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return read_objects(name, data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Unreadable(f"{name} is a web page or XML, not a table or JSON.")
    table = read_table(feed_file.path.name, data)
    if table is None:
        raise Unreadable(f"{name} is not a table of Human Services Data that Waypost knows, nor JSON.")
    return table


@dataclass(frozen=True, slots=True)
class _Telling:
    """The moment that the rows carry, and who hears of them."""

    at: datetime
    watcher: Watcher
    seen: Seeing | None


def _store(rows: dict[str, list[RawRow]], report: Report, telling: _Telling) -> None:
    total, done, watcher = sum(map(len, rows.values())), 0, telling.watcher
    watcher.at("checking", 0, total)
    resolver = Resolver(report.source)
    resolver.resolve(rows)
    classify(rows)
    for table in ORDER:
        held = rows.get(table.name)
        if not held:
            continue
        report.take_rows(table.name, held, resolver.repeated[table.name])
        for row in held:
            if row.problem:
                watcher.set_aside(row)
        _write(table.name, held, report, telling)
        done += len(held)
        for row in held:
            row.ready = None
        watcher.at("writing", done, total)
    _settle(report, telling.at)
    if unknown := rows.get(UNKNOWN_TABLE):
        report.take_rows(UNKNOWN_TABLE, unknown, 0)
        for row in unknown:
            watcher.set_aside(row)


def _store_slices(spill: Spill, report: Report, telling: _Telling) -> None:
    if not report.rows_read:
        rows = {UNKNOWN_TABLE: list(islice(spill.aside(UNKNOWN_TABLE), 5))}
        raise Unreadable(_why(rows, report))

    def write(table: str, held: Sequence[RawRow]) -> None:
        _write(table, held, report, telling)

    write_slices(spill, telling.watcher, write)
    _settle(report, telling.at)


def _write(table: str, held: Sequence[RawRow], report: Report, telling: _Telling) -> None:
    ready = [row.ready for row in held if row.ready]
    telling.watcher.kept(table, ready)
    written = upsert_rows(
        table=table,
        source=report.source,
        rows=ready,
        at=telling.at,
        dry_run=report.dry_run,
        seen=telling.seen,
        changing=telling.watcher.changing,
    )
    report.take_written(table, written.created, written.updated, written.unchanged)


def _settle(report: Report, at: datetime) -> None:
    if not report.dry_run:
        if report.rows_written > MANY:
            count_anew()
        report.held_back = hold_back_shelters(source=report.source, at=at)
