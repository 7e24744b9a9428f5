"""Background work of interop: imports, and the feeds whose time has come."""

from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from waypost.directory import selectors, services
from waypost.interop.hsds import export_files
from waypost.interop.imports import folders
from waypost.interop.imports.running import carry_out
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused

log = structlog.get_logger("waypost.imports")

# In these cron lines the sixth field is the second.


@app.task(name="interop.run_import", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def run_import(run_id: str) -> None:
    """Look at an import, or carry it out."""
    carry_out(UUID(run_id))


@app.periodic(cron="* * * * * 40")
@app.task(name="interop.fetch_due", queueing_lock="interop.fetch_due", pass_context=False)
def fetch_due(timestamp: int) -> None:
    """Ask for every feed whose time has come."""
    for feed_id in services.due_feeds(now()):
        feed = selectors.feed(feed_id)
        try:
            run_id = services.ask_import(feed_id=feed_id, by="", how="url", complete=feed.complete, dry=False)
        except Refused as refusal:
            log.info("feed is busy", feed=str(feed_id), why=refusal.message)
            continue
        run_import.defer(run_id=str(run_id))


@app.periodic(cron="20 4 * * * 0")
@app.task(name="interop.sweep_imports", queueing_lock="interop.sweep_imports", pass_context=False)
def sweep_imports(timestamp: int) -> None:
    """Files of imports that are over do not stay."""
    folders.sweep(selectors.live_runs())


@app.task(name="interop.write_export")
def write_export(export_id: str) -> None:
    """Write the directory to a file that somebody asked for."""
    export_files.carry_out(UUID(export_id))


@app.periodic(cron="40 4 * * * 0")
@app.task(name="interop.sweep_exports", queueing_lock="interop.sweep_exports", pass_context=False)
def sweep_exports(timestamp: int) -> None:
    """Files of exports stay for a week."""
    export_files.sweep()
