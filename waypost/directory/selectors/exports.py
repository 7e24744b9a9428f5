"""Exports as a page shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waypost.directory.models import Export
from waypost.kernel.errors import NotVisible


@dataclass(frozen=True, slots=True)
class ExportCard:
    """``rows``: how many were written, or are to be. ``file_name``: empty while there is no file."""

    id: UUID
    form: str
    state: str
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    rows: int
    file_name: str
    size: int
    problem: str


def exports(number: int, *, size: int) -> tuple[list[ExportCard], int]:
    """The newest first, and how many there are."""
    rows = Export.objects.select_related("asked_by").order_by("-asked_at", "-id")
    return [_card(row) for row in rows[(number - 1) * size : number * size]], rows.count()


def export(export_id: UUID) -> ExportCard:
    """One of them. Raises NotVisible."""
    row = Export.objects.select_related("asked_by").filter(pk=export_id).first()
    if row is None:
        raise NotVisible
    return _card(row)


def _card(row: Export) -> ExportCard:
    return ExportCard(
        id=row.id,
        form=row.form,
        state=row.state,
        asked_by=row.asked_by.name if row.asked_by else "",
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        rows=row.rows_done or row.rows_total,
        file_name=row.file_name,
        size=row.size,
        problem=row.problem,
    )
