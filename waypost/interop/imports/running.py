"""What the worker does with an import: fetch, recognise, look or import, say how it went."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext_noop

from waypost.directory import selectors, services
from waypost.directory.import_cards import RunCard
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.mapping import Mapping
from waypost.interop.hsds.report import Report, tally
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.watching import Watcher
from waypost.interop.imports import folders, remote
from waypost.interop.imports.columns import mapping_of
from waypost.interop.imports.recognise import Recognised, recognise
from waypost.interop.imports.setaside import SetAside
from waypost.kernel.actors import SYSTEM
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.kernel.events import emit
from waypost.kernel.fetching import NotFetched

log = structlog.get_logger("waypost.imports")

FIRST_ROWS = 20
MOST_REMARKS = 300
TICK = 0.5  # seconds between two notes of the progress
BROKEN = gettext_noop(
    "Something went wrong inside Waypost while it read these files. Nothing was changed. The technical log "
    "says more."
)
SHRUNK = gettext_noop(
    "This is meant to be the whole feed, but more than a fifth of what the feed had is missing from it. "
    "Nothing was changed. Look at it, and import it if that is right."
)
UNEXPLAINED = gettext_noop("Nobody has said yet what the columns of this feed's tables mean.")
FAILED = "directory.feed_failed"


class CalledOff(Exception):
    """Somebody called the import off while it ran."""


class _Shrunk(Exception):
    """A complete feed brings so little that a human should look first; ``kept`` is what it would do."""

    def __init__(self, kept: dict[str, Any]) -> None:
        super().__init__()
        self.kept = kept


class RunWatcher(Watcher):
    """Notes how far the import is, keeps what was set aside, what changes, and the first rows."""

    def __init__(self, run: RunCard, keeper: services.ChangeKeeper | None) -> None:
        self.run_id, self.keeper = run.id, keeper
        self.aside = SetAside()
        self.first: dict[str, list[dict[str, Any]]] = {}
        self.examples: list[dict[str, Any]] = []
        self._said = 0.0

    def at(self, phase: str, done: int, total: int = 0) -> None:
        """A note every half second at the most."""
        if time.monotonic() - self._said > TICK or not done:
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


def carry_out(run_id: UUID) -> None:
    """Do what is due for this import. Safe to call again: what is over stays as it is."""
    if not services.start_run(run_id=run_id):
        return
    run = selectors.run(run_id)
    try:
        _carry_out(run)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the job comes again
    except CalledOff:
        folders.clear(run_id)
    except NotFetched as failed:
        _failed(run, failed.words)
    except Unreadable as failed:
        _failed(run, str(failed))
    except Exception:
        log.exception("import failed", run=str(run_id))
        _failed(run, BROKEN)


def _carry_out(run: RunCard) -> None:
    folders.say(run.id, "reading", 0, 0)
    found = remote.bring(run) if run.how == "url" else None
    if found is not None and not found.changed:
        services.nothing_new(run_id=run.id)
        services.feed_fetched(feed_id=run.feed_id, etag=found.etag, last_modified=found.last_modified)
        folders.clear(run.id)
        return
    paths = folders.files_of(run.id)
    if not paths:
        raise Unreadable("The files are not there any more. Upload them again.")
    mapping = mapping_of(selectors.feed_mapping(run.feed_id))
    seen = recognise(paths, mapping)
    if seen.strange and not seen.known:
        services.ask_for_columns(run_id=run.id, tables=[each.as_json() for each in seen.strange])
        if not run.dry:
            _tell(run, UNEXPLAINED)
        return
    try:
        _import(run, paths, mapping, seen, found)
    except _Shrunk as held:
        services.looked_at(**held.kept, message=SHRUNK)
        if run.how == "url":
            _tell(run, SHRUNK)
        return
    if not run.dry:
        folders.clear(run.id)


def _import(
    run: RunCard,
    paths: list[Path],
    mapping: Mapping | None,
    seen: Recognised,
    found: remote.Brought | None,
) -> None:
    """One transaction: the rows, the history and the state of the import, or nothing at all."""
    at, source = now(), selectors.feed(run.feed_id).source
    watcher = RunWatcher(run, None if run.dry else services.ChangeKeeper(run.id))
    with transaction.atomic():
        report = import_feed(
            paths,
            source=source,
            dry_run=run.dry,
            mapping=mapping,
            complete=run.complete,
            even_if_many=run.message == SHRUNK,
            watcher=watcher,
            at=at,
        )
        if not services.run_goes_on(run_id=run.id):
            raise CalledOff
        kept: dict[str, Any] = {
            "run_id": run.id,
            "counts": report.tables,
            "report": _body(report, watcher) | {"tables": [each.as_json() for each in seen.strange]},
            "set_aside": watcher.aside.packed(),
        }
        if run.dry:
            services.looked_at(**kept)
            return
        if report.gone and report.gone.too_many:
            raise _Shrunk(kept)
        complete = watcher.keeper.complete if watcher.keeper else True
        services.imported(at=at, changes_kept=complete, **kept)
        if found is not None:
            services.feed_fetched(feed_id=run.feed_id, etag=found.etag, last_modified=found.last_modified)


def _body(report: Report, watcher: RunWatcher) -> dict[str, Any]:
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


def _failed(run: RunCard, words: str) -> None:
    with transaction.atomic():
        try:
            services.import_failed(run_id=run.id, words=words)
        except Refused:
            return  # called off meanwhile
        if run.how == "url":
            _tell(run, words)
    folders.clear(run.id)


def _tell(run: RunCard, words: str) -> None:
    """Whoever keeps the directory hears that a feed did not come in: the first time, then now and then."""
    times = services.feed_failed(feed_id=run.feed_id, words=words)
    if times in (1, 5) or times % 20 == 0:
        emit(FAILED, actor=SYSTEM, feed_id=run.feed_id, run_id=run.id)
