"""A feed into the directory: read, modernise, normalise, resolve, classify, store, report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from django.db import transaction

from waypost.directory import jobs
from waypost.directory.services import (
    Seeing,
    begin_delivery,
    catch_up,
    count_anew,
    end_delivery,
    foresee_end,
    hide_unlisted,
    hold_back_shelters,
    lock_source,
    note_seen,
    settle_due,
    upsert_rows,
)
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.mapping import Mapping
from waypost.interop.hsds.report import Report
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow
from waypost.interop.hsds.slices import decide, has_rows, read_feed, unknown, write
from waypost.interop.hsds.spill import Spill
from waypost.interop.hsds.watching import NOBODY, Watcher
from waypost.kernel.clock import now

MAX_SOURCE = 100
SAID = 5  # reasons that are given when nothing could be read
PART = (
    "This is meant to be the whole feed, and what a broken file lacks would count as gone. Mend the file, or "
    "import the others as a part."
)
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
        if complete:
            begin_delivery(source)
        at = at or now()
        with Spill() as spill:
            read_feed(paths, report, mapping, spill, watcher)
            if not has_rows(spill):
                raise Unreadable(_why(spill, report))
            if complete and report.damaged:
                raise Unreadable(f"{' '.join(dict(report.unreadable).values())} {PART}")
            decide(report, spill, watcher)
            _store(spill, report, _Telling(at, watcher, note_seen if complete else None))
            unknown(report, spill, watcher)
        if dry_run and complete:
            report.gone = foresee_end(source)
        if not dry_run:
            if complete:
                report.gone = end_delivery(source=source, at=at, even_if_many=even_if_many)
            report.unlisted = hide_unlisted(source=source, at=at)
            settle_due()
            catch_up()
            jobs.find_duplicates.defer(source=source)
    return report


def _why(spill: Spill, report: Report) -> str:
    reasons = [reason for _, reason in report.unreadable]
    lost = chain.from_iterable(spill.raw(UNKNOWN_TABLE))
    reasons += [f"{row.file}: {row.problem[1]}" for row in islice(lost, SAID) if row.problem]
    reasons += [f"{name} {reason}." for name, reason in report.ignored]
    return " ".join(reasons[:SAID]) or "The file holds no rows."


@dataclass(frozen=True, slots=True)
class _Telling:
    """The moment that the rows carry, and who hears of them."""

    at: datetime
    watcher: Watcher
    seen: Seeing | None


def _store(spill: Spill, report: Report, telling: _Telling) -> None:
    def put(table: str, held: Sequence[RawRow]) -> None:
        _write(table, held, report, telling)

    write(spill, telling.watcher, put)
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
