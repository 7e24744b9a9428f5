"""One import of a feed, from the asking to its end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.directory.choices_feeds import RunState
from waypost.directory.models.feed import Feed, ImportRun
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.turns import take_turn

MAX_ATTEMPTS = 3
_OPEN = (RunState.COLUMNS, RunState.READY)
_BUSY = (RunState.WAITING, RunState.RUNNING)
Counts = dict[str, dict[str, int]]


def ask_import(
    *, feed_id: UUID, by: str, how: str, files: Iterable[str] = (), complete: bool, dry: bool = True
) -> UUID:
    """A new import, to be looked at first (``dry``) or done at once. Raises Refused while another runs."""
    with transaction.atomic():
        take_turn("directory.import", feed_id)
        if not Feed.objects.filter(pk=feed_id).exists():
            raise NotVisible
        if ImportRun.objects.filter(feed_id=feed_id, state__in=_BUSY).exists():
            raise Refused(_("An import of this feed is under way. Wait until it has ended, or call it off."))
        ImportRun.objects.filter(feed_id=feed_id, state__in=_OPEN).update(
            state=RunState.DROPPED, ended_at=now(), message=""
        )
        row = ImportRun.objects.create(
            feed_id=feed_id,
            how=how,
            dry=dry,
            complete=complete,
            files=list(files),
            asked_by=by,
            asked_at=now(),
        )
    return row.id


def name_files(*, run_id: UUID, files: Iterable[str]) -> None:
    """What the import is made of, once it is known."""
    ImportRun.objects.filter(pk=run_id).update(files=list(files))


def look_again(*, run_id: UUID) -> None:
    """The meaning of the columns is known now: look at the files once more."""
    _move(run_id, _OPEN, state=RunState.WAITING, dry=True, attempts=0)


def confirm_import(*, run_id: UUID) -> None:
    """Somebody has seen what would happen, and wants it."""
    _move(run_id, (RunState.READY,), state=RunState.WAITING, dry=False, attempts=0)


def drop_import(*, run_id: UUID) -> None:
    """Call an import off. One that runs looks before it writes anything for good."""
    _move(run_id, (*_OPEN, *_BUSY), state=RunState.DROPPED, ended_at=now())


def start_run(*, run_id: UUID) -> bool:
    """The worker takes the import up; False when there is nothing to do (called off, done).

    One whose worker died comes again, from the beginning: nothing of it had been written. After the
    third time it is given up.
    """
    with transaction.atomic():
        row = ImportRun.objects.select_for_update().filter(pk=run_id, state__in=_BUSY).first()
        if row is None:
            return False
        row.attempts += 1
        if row.attempts > MAX_ATTEMPTS:
            row.state, row.ended_at = RunState.FAILED, now()
            row.message = _(
                "The worker stopped three times while it read these files. Nothing was changed. They may be "
                "too large for this machine: split them, and import the parts one after the other."
            )
        else:
            row.state, row.started_at = RunState.RUNNING, now()
        row.save(update_fields=["attempts", "state", "started_at", "ended_at", "message"])
        return row.state == RunState.RUNNING


def run_goes_on(*, run_id: UUID) -> bool:
    """Whether the import is still wanted; held until the transaction ends, so that it stays so."""
    row = ImportRun.objects.select_for_update().filter(pk=run_id).first()
    return row is not None and row.state == RunState.RUNNING


def ask_for_columns(*, run_id: UUID, tables: list[dict[str, Any]]) -> None:
    """The files hold tables of another form: somebody has to say what their columns mean."""
    _move(run_id, (RunState.RUNNING,), state=RunState.COLUMNS, report={"tables": tables}, counts={})


def looked_at(
    *, run_id: UUID, counts: Counts, report: dict[str, Any], set_aside: bytes | None, message: str = ""
) -> None:
    """What the import would do; ``message``: why somebody should look before it is done."""
    _move(
        run_id,
        (RunState.RUNNING,),
        state=RunState.READY,
        message=message,
        counts=counts,
        report=report,
        set_aside=set_aside,
        ended_at=now(),
    )


def imported(
    *,
    run_id: UUID,
    at: datetime,
    counts: Counts,
    report: dict[str, Any],
    set_aside: bytes | None,
    changes_kept: bool,
) -> None:
    """What the import did; called in the transaction that did it."""
    _move(
        run_id,
        (RunState.RUNNING,),
        state=RunState.DONE,
        message="",
        counts=counts,
        report=report,
        set_aside=set_aside,
        imported_at=at,
        ended_at=now(),
        changes_kept=changes_kept,
    )


def keep_import(
    *,
    run_id: UUID,
    feed_id: UUID,
    by: str,
    files: Iterable[str],
    complete: bool,
    begun: datetime,
    at: datetime,
    counts: Counts,
    report: dict[str, Any],
    set_aside: bytes | None,
    changes_kept: bool,
) -> None:
    """An import by command, kept like one from the page; called in the transaction that did it.

    What was looked at before it does not show any more what importing would do, and is dropped.
    """
    ImportRun.objects.filter(feed_id=feed_id, state__in=_OPEN).update(
        state=RunState.DROPPED, ended_at=now(), message=""
    )
    ImportRun.objects.create(
        id=run_id,
        feed_id=feed_id,
        state=RunState.DONE,
        how="command",
        dry=False,
        complete=complete,
        files=list(files),
        asked_by=by,
        asked_at=begun,
        started_at=begun,
        ended_at=now(),
        imported_at=at,
        attempts=1,
        counts=counts,
        report=report,
        set_aside=set_aside,
        changes_kept=changes_kept,
    )


def import_failed(*, run_id: UUID, words: str) -> None:
    """Nothing was imported, and why."""
    _move(run_id, _BUSY, state=RunState.FAILED, message=words, ended_at=now())


def nothing_new(*, run_id: UUID) -> None:
    """The address says that nothing changed since the last time."""
    _move(run_id, (RunState.RUNNING,), state=RunState.UNCHANGED, ended_at=now())


def _move(run_id: UUID, sources: Iterable[RunState], **changes: Any) -> None:
    changed = ImportRun.objects.filter(pk=run_id, state__in=list(sources)).update(**changes)
    if not changed:
        if not ImportRun.objects.filter(pk=run_id).exists():
            raise NotVisible
        raise Refused(_("This import has moved on. Look at where it stands now."))
