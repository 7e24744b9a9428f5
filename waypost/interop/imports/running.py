"""What the worker does with an import: fetch, recognise, look or import, say how it went."""

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
from waypost.interop.imports import folders, remote
from waypost.interop.imports.columns import mapping_of
from waypost.interop.imports.recognise import Recognised, recognise
from waypost.interop.imports.watching import RunWatcher, body_of
from waypost.kernel.actors import SYSTEM
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.kernel.events import emit
from waypost.kernel.fetching import NotFetched

log = structlog.get_logger("waypost.imports")

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
    watcher = RunWatcher(run.id, None if run.dry else services.ChangeKeeper(run.id))
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
            "report": body_of(report, watcher)
            | {
                "tables": [each.as_json() for each in seen.strange],
                "columns": [each.as_json() for each in seen.understood],
            },
            "set_aside": watcher.aside.packed(),
        }
        if run.dry:
            services.looked_at(**kept, message=SHRUNK if report.gone and report.gone.too_many else "")
            return
        if report.gone and report.gone.too_many:
            raise _Shrunk(kept)
        complete = watcher.keeper.complete if watcher.keeper else True
        services.imported(at=at, changes_kept=complete, **kept)
        if found is not None:
            services.feed_fetched(feed_id=run.feed_id, etag=found.etag, last_modified=found.last_modified)


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
