"""Complete deliveries: what a feed no longer names is hidden, and comes back when it is named again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from waypost.directory.choices import LOCAL_SOURCE, REMOVED, FactOf
from waypost.directory.fields import LISTS
from waypost.directory.hsds import TABLES
from waypost.directory.models import FieldFact, Seen, SettleDue
from waypost.directory.moves import OF_KIND
from waypost.directory.services.following import follow, stand_again
from waypost.directory.services.hiding import settle_hidden
from waypost.directory.services.merging import may_keep
from waypost.directory.tables import model_of
from waypost.directory.values import MODELS
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.errors import NotVisible, Refused

MOST_GONE = 0.2  # of a kind: more at once is more likely a delivery that was cut short
# Rows that belong to a listing and to nothing else.
CHILDREN = (
    "service_at_locations contacts phones addresses schedules service_areas languages required_documents"
    " cost_options accessibility funding service_capacities urls organization_identifiers attributes metadata"
).split()

COUNTED, TAKEN_AWAY = sql.SQL("SELECT r.id FROM"), sql.SQL("DELETE FROM")


@dataclass(frozen=True, slots=True)
class Gone:
    """What a complete delivery no longer names, by kind. ``too_many``: kinds that were left alone for it."""

    hidden: dict[str, int] = field(default_factory=dict)
    followed: dict[str, int] = field(default_factory=dict)
    removed: int = 0
    too_many: tuple[str, ...] = ()


def begin_delivery(source: str) -> None:
    """From here on what the feed names is remembered, until the delivery ends."""
    Seen.objects.filter(source=source).delete()


def note_seen(source: str, table: str, ids: Iterable[UUID]) -> None:
    """The feed named these rows."""
    with connection.cursor() as cursor:
        statement = 'COPY directory_seen (source, "table", row_id) FROM STDIN'
        with cursor.copy(statement) as copy:
            for each in ids:
                copy.write_row((source, table, each))


def end_delivery(*, source: str, at: datetime, even_if_many: bool = False) -> Gone:
    """Hide what the feed did not name; refuse where that is more than a fifth of a kind, unless told so.

    What belonged to a listing that is still there and is not named any more goes; what belongs to a listing
    that is gone stays with it, in case it comes back.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directory_seen")
    missing = {kind: _missing(source, kind) for kind in FactOf}
    too_many = (
        () if even_if_many else tuple(kind for kind in FactOf if _is_much(source, kind, len(missing[kind])))
    )
    followed: dict[str, int] = {}
    hidden: dict[str, int] = {}
    removed = 0
    if not too_many:
        for kind, ids in missing.items():
            MODELS[kind]._default_manager.filter(pk__in=ids).update(gone_at=at)
            followed[kind] = follow(kind=kind, source=source, gone=ids, at=at)
            settle_hidden(kind, ids)
            stand_again(kind, ids)
            hidden[kind] = len(ids) - followed[kind]
        removed = sum(_unnamed(source, table, TAKEN_AWAY) for table in CHILDREN)
        _note_emptied(source, at)
    Seen.objects.filter(source=source).delete()
    counts: dict[str, Any] = {f"gone_{kind}": number for kind, number in hidden.items()}
    audit.record("directory.delivery", actor=SYSTEM, removed=removed, refused=bool(too_many), **counts)
    return Gone(hidden, followed, removed, too_many)


def foresee_end(source: str) -> Gone:
    """What ``end_delivery`` would hide and take away, at the most: some of it may be known again."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directory_seen")
    missing = {kind: len(_missing(source, kind)) for kind in FactOf}
    too_many = tuple(kind for kind in FactOf if _is_much(source, kind, missing[kind]))
    removed = sum(_unnamed(source, table, COUNTED) for table in CHILDREN)
    Seen.objects.filter(source=source).delete()
    return Gone({str(kind): number for kind, number in missing.items()}, {}, removed, too_many)


def _missing(source: str, kind: FactOf) -> list[UUID]:
    with connection.cursor() as cursor:
        table = sql.Identifier(MODELS[kind]._meta.db_table)
        cursor.execute(
            sql.SQL(
                "SELECT r.id FROM {} r WHERE r.source = %(source)s AND r.gone_at IS NULL AND NOT EXISTS ("
                'SELECT 1 FROM directory_seen s WHERE s.source = %(source)s AND s."table" = %(table)s'
                " AND s.row_id = r.id)"
            ).format(table),
            {"source": source, "table": OF_KIND[kind]},
        )
        return [row[0] for row in cursor.fetchall()]


def _is_much(source: str, kind: FactOf, gone: int) -> bool:
    if not gone:
        return False
    there = MODELS[kind]._default_manager.filter(source=source, gone_at=None).count()
    return gone > MOST_GONE * there


def _note_emptied(source: str, at: datetime) -> None:
    """Lists that a human stands for, and of which the feed now says nothing: there is something to decide.

    A list is emptied where the feed names its listing, had rows of the list, and named none this time.
    """
    for kind in FactOf:
        for name, shape in LISTS[kind].items():
            emptied = _emptied(kind, name, shape.table, source, at)
            for row_id in emptied:
                FieldFact.objects.update_or_create(
                    entity=kind,
                    row_id=row_id,
                    field=name,
                    source=source,
                    defaults={"value": [], "imported_at": at},
                )
            SettleDue.objects.bulk_create([SettleDue(entity=kind, row_id=row_id) for row_id in emptied])


def _emptied(kind: FactOf, name: str, table: str, source: str, at: datetime) -> list[UUID]:
    theirs = (
        "SELECT 1 FROM directory_fieldfact g WHERE g.entity = f.entity AND g.row_id = f.row_id"
        " AND g.field = f.field AND g.source = %(source)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "SELECT f.row_id FROM directory_fieldfact f JOIN {listing} r ON r.id = f.row_id"
                " WHERE f.source = 'local' AND f.entity = %(kind)s AND f.field = %(field)s"
                " AND r.source = %(source)s AND r.gone_at IS NULL"
                " AND NOT EXISTS ({theirs} AND g.imported_at = %(at)s)"
                " AND (EXISTS (SELECT 1 FROM {child} c WHERE c.{column} = r.id AND c.source = %(source)s)"
                " OR EXISTS ({theirs} AND g.imported_at IS NOT NULL AND g.value <> '[]'::jsonb))"
            ).format(
                listing=sql.Identifier(MODELS[kind]._meta.db_table),
                child=sql.Identifier(model_of(table)._meta.db_table),
                column=sql.Identifier(f"{kind}_id"),
                theirs=sql.SQL(theirs),
            ),
            {"kind": str(kind), "field": name, "source": source, "at": at},
        )
        return [row[0] for row in cursor.fetchall()]


def _unnamed(source: str, table: str, what: sql.SQL) -> int:
    """Rows of a listing that the feed no longer names: taken away, or only counted.

    They stay where the listing itself is gone, and where a human stands for the list that they are in.
    """
    known = TABLES[table]
    columns = list(known.parents) or [
        reference.column for reference in known.references if reference.required
    ]
    if known.link:
        columns = [known.link[0]]
    gone = sql.SQL(" AND ").join(
        sql.SQL("NOT EXISTS (SELECT 1 FROM {} g WHERE g.id = r.{} AND g.gone_at IS NOT NULL)").format(
            sql.Identifier(MODELS[kind]._meta.db_table), sql.Identifier(column)
        )
        for column in columns
        for kind in FactOf
    )
    named = sql.SQL(", ").join(sql.SQL("r.{}").format(sql.Identifier(each)) for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "{} {} r WHERE r.source = %(source)s AND NOT EXISTS ("
                'SELECT 1 FROM directory_seen s WHERE s.source = %(source)s AND s."table" = %(table)s'
                " AND s.row_id = r.id) AND NOT EXISTS (SELECT 1 FROM directory_fieldfact f"
                " WHERE f.source = 'local' AND f.field = %(table)s AND f.row_id IN ({})) AND {}"
            ).format(what, sql.Identifier(model_of(table)._meta.db_table), named, gone),
            {"source": source, "table": table},
        )
        return int(cursor.rowcount)


def show_again(*, actor: Actor, kind: str, row_id: UUID) -> None:
    """Show a listing that is gone from its feed, or a place that its keeper deleted.

    The feed's next complete delivery without it hides it again.
    """
    may_keep(actor)
    if kind not in MODELS:
        raise NotVisible
    rows = MODELS[kind]._default_manager.filter(pk=row_id)
    if not rows.exists():
        raise NotVisible
    marks = FieldFact.objects.filter(entity=kind, row_id=row_id, field=REMOVED, source=LOCAL_SOURCE)
    removed, _kinds = marks.delete()
    if not removed and not rows.filter(gone_at__isnull=False).exists():
        raise Refused(_("This listing is not gone from its feed."))
    rows.update(gone_at=None)
    settle_hidden(kind, [row_id])
    audit.record("directory.show_again", actor=actor, subject_type="listing", subject_ids=[row_id], kind=kind)
