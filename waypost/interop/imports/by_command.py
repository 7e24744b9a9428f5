"""An import by command, with the history that one from the page has."""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from waypost.directory import services
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.mapping import Mapping
from waypost.interop.hsds.report import Report
from waypost.interop.imports.watching import RunWatcher, body_of
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


def import_and_keep(
    paths: Sequence[Path],
    *,
    source: str,
    by: str = "",
    mapping: Mapping | None = None,
    complete: bool = False,
    even_if_many: bool = False,
) -> Report:
    """Import the files, and keep with the feed what that did; the feed is made if it is not known.

    Raises Unreadable, and Refused where the feed cannot be called so. ``by``: who asked, '' for nobody.
    """
    begun, run_id = now(), uuid7()
    with transaction.atomic():
        feed_id = services.feed_of_source(source)
        watcher = RunWatcher(run_id, services.ChangeKeeper(run_id), says_how_far=False)
        at = now()
        report = import_feed(
            paths,
            source=source,
            mapping=mapping,
            complete=complete,
            even_if_many=even_if_many,
            watcher=watcher,
            at=at,
        )
        services.keep_import(
            run_id=run_id,
            feed_id=feed_id,
            by=by,
            files=[each.name for each in paths],
            complete=complete,
            begun=begun,
            at=at,
            counts=report.tables,
            report=body_of(report, watcher),
            set_aside=watcher.aside.packed(),
            changes_kept=watcher.keeper is None or watcher.keeper.complete,
        )
    return report
