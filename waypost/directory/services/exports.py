"""Exports of the directory: asked for, begun, ended, cleared away."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import ExportForm, ExportState
from waypost.directory.models import Export
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.network.roles import Action, may

GOING = (ExportState.WAITING, ExportState.RUNNING)


def ask_export(*, actor: Actor, form: str) -> UUID:
    """Ask for a file; one of a kind at a time. Its id."""
    if not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the network's staff can export the directory."))
    if form not in ExportForm.values:
        raise Refused(_("Choose in which form."), field="form")
    if Export.objects.filter(form=form, state__in=GOING).exists():
        raise Refused(_("Such a file is being written already."))
    row = Export.objects.create(form=form, asked_by_id=actor.user_id, asked_at=now())
    audit.record("directory.export", actor=actor, subject_type="export", subject_ids=[row.id], form=form)
    return row.id


def begin_export(*, export_id: UUID, total: int) -> str | None:
    """The worker takes it up, or takes it up again after it was stopped; its form, None when it is over."""
    row = Export.objects.filter(pk=export_id, state__in=GOING).first()
    if row is None:
        return None
    row.state, row.started_at, row.rows_total = ExportState.RUNNING, now(), total
    row.save(update_fields=["state", "started_at", "rows_total"])
    return row.form


def end_export(*, export_id: UUID, file_name: str, size: int, rows: int) -> None:
    """The file is whole."""
    Export.objects.filter(pk=export_id).update(
        state=ExportState.DONE, finished_at=now(), file_name=file_name, size=size, rows_done=rows
    )


def fail_export(*, export_id: UUID, problem: str) -> None:
    """It could not be written; ``problem`` in English, shown in the reader's language."""
    Export.objects.filter(pk=export_id).update(
        state=ExportState.FAILED, finished_at=now(), problem=problem, file_name="", size=0
    )


def clear_exports(*, before: datetime) -> list[str]:
    """Files that were ready before this moment may go; their names."""
    rows = Export.objects.filter(state=ExportState.DONE, finished_at__lt=before)
    names = list(rows.values_list("file_name", flat=True))
    rows.update(state=ExportState.CLEARED, file_name="", size=0)
    return names
