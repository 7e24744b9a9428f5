"""What an import changed, kept compactly; and an import taken back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from waypost.directory.choices import FactOf
from waypost.directory.choices_feeds import RunState
from waypost.directory.hsds import ORDER, TABLES
from waypost.directory.models import CheckDue, FieldFact, SafetyHold
from waypost.directory.models.feed import ImportChange, ImportRun
from waypost.directory.services.upsert import IncomingRow
from waypost.directory.tables import field_name, model_of
from waypost.directory.undoing import why_not_undone
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused

MOST_CHANGES = 20_000
_FACTS = {
    "organizations": FactOf.ORGANIZATION,
    "services": FactOf.SERVICE,
    "locations": FactOf.LOCATION,
}
BESIDE = ("imported_at", "content_hash")  # needed to undo, not shown


class ChangeKeeper:
    """Writes down what an import is about to change; ``complete`` turns False when it gets too much."""

    def __init__(self, run_id: UUID) -> None:
        self.run_id = run_id
        self.kept = 0
        self.complete = True

    def changing(self, table: str, rows: Sequence[IncomingRow]) -> None:
        """Called before the rows are written over."""
        if not rows:
            return
        if self.kept + len(rows) > MOST_CHANGES:
            self.complete = False
            rows = rows[: max(MOST_CHANGES - self.kept, 0)]
        self.kept += len(rows)
        ImportChange.objects.bulk_create(
            [
                ImportChange(
                    run_id=self.run_id, table=table, row_id=row_id, title=title, before=old, after=new
                )
                for row_id, title, old, new in differences(table, rows)
            ]
        )


def differences(
    table: str, rows: Sequence[IncomingRow]
) -> list[tuple[UUID, str, dict[str, Any], dict[str, Any]]]:
    """Row id, title, columns before, columns after, for rows that are there; only what differs."""
    there = model_of(table)._default_manager.in_bulk([row.id for row in rows])
    found = []
    for row in rows:
        old = there.get(row.id)
        if old is None:
            continue
        before: dict[str, Any] = {name: getattr(old, name) for name in BESIDE}
        after: dict[str, Any] = {}
        incoming = {field_name(table, name): value for name, value in row.values.items()}
        for name, value in {**incoming, "extra": row.extra, "source_id": row.source_id}.items():
            if _plain(getattr(old, name)) != _plain(value):
                before[name], after[name] = getattr(old, name), value
        found.append((row.id, _title(table, row, old), _plain(before), _plain(after)))
    return found


def _title(table: str, row: IncomingRow, old: models.Model) -> str:
    words = row.values.get("name") or row.values.get(TABLES[table].main) or getattr(old, "name", "")
    return str(words or "")[:200]


def _plain(value: Any) -> Any:
    """As it comes back from JSON, so that 7 and 7.00, a date and its text are the same."""
    encoder = DjangoJSONEncoder(sort_keys=True)
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    text = encoder.encode(value).strip('"')
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "").isdigit() else text


def undo_import(*, run_id: UUID) -> None:
    """Take the newest import of a feed back: what it brought goes, what it changed is as before.

    Raises Refused, with the reason, when people have built upon it or not everything is known.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().select_related("feed").filter(pk=run_id).first()
        if run is None:
            raise NotVisible
        if reason := why_not_undone(run):
            raise Refused(reason)
        changes = list(ImportChange.objects.filter(run=run).order_by("-id"))
        _take_out(run, {(each.table, each.row_id) for each in changes})
        for each in changes:
            model_of(each.table)._default_manager.filter(pk=each.row_id).update(**each.before)
        run.state, run.ended_at = RunState.UNDONE, now()
        run.feed.etag = run.feed.last_modified = ""
        run.feed.save(update_fields=["etag", "last_modified"])
        run.save(update_fields=["state", "ended_at"])


def _take_out(run: ImportRun, changed: set[tuple[str, UUID]]) -> None:
    built = _("People have worked with what this import brought: it can't be undone any more.")
    for table in reversed(ORDER):
        model = model_of(table.name)
        kept = {row_id for name, row_id in changed if name == table.name}
        rows = model._default_manager.filter(source=run.feed.source, imported_at=run.imported_at)
        rows = rows.exclude(pk__in=kept)
        if table.name in _FACTS and _confirmed(_FACTS[table.name], rows):
            raise Refused(built)
        collector = Collector(using="default")
        try:
            collector.collect(rows)
        except (ProtectedError, RestrictedError):
            raise Refused(built) from None
        if _others(collector, run.feed.source):
            raise Refused(built)
        collector.delete()


def _confirmed(entity: str, rows: models.QuerySet[Any]) -> bool:
    """Whether a human has stood for a field of one of these listings."""
    ids = list(rows.values_list("pk", flat=True))
    facts = FieldFact.objects.filter(entity=entity, row_id__in=ids).exclude(confirmed_on=None)
    return facts.exists() or (entity == FactOf.SERVICE and rows.exclude(confirmed_on=None).exists())


def _others(collector: Collector, source: str) -> bool:
    """Whether rows go along that people made: all but the feed's own and what the machine made of them."""
    held = [row for rows in collector.data.values() for row in rows]
    held += [row for rows in collector.fast_deletes for row in rows]
    return any(not _by_machine(row) for row in held if getattr(row, "source", None) != source)


def _by_machine(row: models.Model) -> bool:
    if isinstance(row, CheckDue):
        return row.in_hand_of_id is None
    return isinstance(row, SafetyHold) and not row.decision
