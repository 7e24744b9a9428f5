"""Files of exports that were asked for in the page: written by a job, kept for a week."""

import contextlib
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop

from waypost.directory.choices import ExportForm
from waypost.directory.selectors.exports import export
from waypost.directory.services.exports import begin_export, clear_exports, end_export, fail_export
from waypost.interop.hsds.exporter import count_rows_to_leave, export_directory
from waypost.kernel.clock import now
from waypost.kernel.events import Announcement

KEPT = timedelta(days=7)
STEP = 500
ENDINGS = {ExportForm.TABULAR: "zip", ExportForm.JSON: "json.gz", ExportForm.NDJSON: "ndjson.gz"}
NO_ROOM = gettext_noop("The file could not be written: there may be no room left on the server.")
BROKE_OFF = gettext_noop("Something went wrong while it was being written. The server's log says what.")


def carry_out(export_id: UUID) -> None:
    """Write the file that was asked for; after a stop of the worker, from the beginning."""
    form = export(export_id).form
    if begin_export(export_id=export_id, total=count_rows_to_leave(form)) is None:
        return
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if done % STEP == 0:
            _note(export_id).write_text(str(done), encoding="ascii")

    name = f"{now():%Y-%m-%d}-{export_id}.{ENDINGS[ExportForm(form)]}"
    path = _folder() / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        export_directory(form, path, tell)
        end_export(export_id=export_id, file_name=name, size=path.stat().st_size, rows=done)
    except OSError:
        fail_export(export_id=export_id, problem=NO_ROOM)
    except Exception:
        fail_export(export_id=export_id, problem=BROKE_OFF)
        raise
    finally:
        with contextlib.suppress(OSError):
            _note(export_id).unlink()


def rows_so_far(export_id: UUID) -> int:
    """How many rows the file holds while it is being written."""
    try:
        return int(_note(export_id).read_text(encoding="ascii") or "0")
    except (OSError, ValueError):
        return 0


def path_of(file_name: str) -> Path | None:
    """Where the file lies; None when it is not there (any more)."""
    path = _folder() / Path(file_name).name
    return path if file_name and path.is_file() else None


def sweep() -> None:
    """Clear away what is older than a week, and what no export speaks of."""
    for name in clear_exports(before=now() - KEPT):
        (_folder() / Path(name).name).unlink(missing_ok=True)


def forget_all(_event: Announcement) -> None:
    """A place became private: no file that may tell its address is left to be fetched."""
    for name in clear_exports(before=now()):
        (_folder() / Path(name).name).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.EXPORT_DIR)


def _note(export_id: UUID) -> Path:
    return _folder() / f"{export_id}.so-far"
