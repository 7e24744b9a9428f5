"""Listings that are kept but not shown, and those that are never to come."""

from uuid import UUID

from django.db import connection
from psycopg import sql

from waypost.directory.choices import FactOf, HiddenWhy, MatchStatus
from waypost.directory.models import DoNotList, DoNotListMatch, Merge
from waypost.directory.selectors.pairs import sides
from waypost.directory.sources_cards import Hidden, Match, Unlisted
from waypost.directory.values import MODELS

_ONE_KIND = """
SELECT {kind} AS kind, r.id, coalesce(nullif(r.name, ''), {owner}, '') AS name, r.source, r.hidden_why,
       r.hidden_at, r.merged_into_id
  FROM {table} r {join} WHERE r.hidden_why <> ''"""


def hidden(
    *, why: str = "", kind: str = "", words: str = "", page: int = 1, size: int = 25
) -> tuple[list[Hidden], int]:
    """One page of hidden listings, those hidden last first, and how many there are.

    Services and places that are hidden because their organization asked are told with their organization.
    """
    kinds = [kind] if kind in FactOf.values else list(FactOf.values)
    body = sql.SQL(" UNION ALL ").join([_of_kind(each) for each in kinds])
    params: dict[str, str | int] = {
        "why": why if why in HiddenWhy.values else "",
        "words": _escaped(words),
        "size": size,
    }
    statement = sql.SQL(
        "SELECT kind, id, name, source, hidden_why, hidden_at, merged_into_id, count(*) OVER () FROM ({}) h"
        " WHERE (%(why)s = '' OR hidden_why = %(why)s) AND (%(words)s = '' OR name ILIKE %(words)s)"
        " ORDER BY hidden_at DESC NULLS LAST, id LIMIT %(size)s OFFSET %(skip)s"
    ).format(body)
    with connection.cursor() as cursor:
        cursor.execute(statement, params | {"skip": (page - 1) * size})
        rows = cursor.fetchall()
        if not rows and page > 1:
            cursor.execute(statement, params | {"skip": 0})
            return [], next((row[7] for row in cursor.fetchall()), 0)
    return _cards(rows), rows[0][7] if rows else 0


def hidden_counts() -> dict[str, int]:
    """How many listings are hidden, by reason."""
    body = sql.SQL(" UNION ALL ").join([_of_kind(each) for each in FactOf.values])
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT hidden_why, count(*) FROM ({}) h GROUP BY 1").format(body))
        return dict(cursor.fetchall())


def never_listed() -> list[Unlisted]:
    """Those without a listing who are never to come."""
    rows = DoNotList.objects.filter(row_id=None, lifted_at=None).order_by("-made_at")
    return [
        Unlisted(
            id=row.id,
            kind=row.kind,
            name=row.name,
            phones=tuple(row.phones),
            streets=tuple(each.replace("|", ", ") for each in row.streets),
            reason=row.reason,
            asked_by=row.asked_by,
            asked_on=row.asked_on,
            by=row.made_by_name,
        )
        for row in rows
    ]


def open_matches() -> list[Match]:
    """Listings that somebody has to look at: are they the ones that asked not to be listed?"""
    rows = DoNotListMatch.objects.filter(status=MatchStatus.OPEN, entry__lifted_at=None)
    held = list(rows.select_related("entry").order_by("found_at", "id")[:100])
    known = {
        each: side
        for kind in {row.kind for row in held}
        for each, side in sides(kind, [row.row_id for row in held if row.kind == kind]).items()
    }
    return [
        Match(
            row.id, row.kind, row.row_id, known[row.row_id].name, known[row.row_id].source, row.entry.name,
            row.entry.reason, row.entry.asked_by, row.entry.asked_on, row.found_at,
        )
        for row in held
        if row.row_id in known
    ]  # fmt: skip


def _of_kind(kind: str) -> sql.Composable:
    table = sql.Identifier(MODELS[kind]._meta.db_table)
    if kind == FactOf.ORGANIZATION:
        join, owner = sql.SQL(""), sql.SQL("''")
    else:
        join = sql.SQL("LEFT JOIN directory_organization o ON o.id = r.organization_id")
        owner = sql.SQL("o.name")
    found = sql.SQL(_ONE_KIND).format(kind=sql.Literal(kind), table=table, join=join, owner=owner)
    if kind == FactOf.ORGANIZATION:
        return found
    return found + sql.SQL(
        " AND NOT (r.hidden_why = 'do_not_list' AND coalesce(o.hidden_why, '') = 'do_not_list')"
    )


def _escaped(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%" if plain else ""


def _cards(rows: list[tuple[str, UUID, str, str, str, object, UUID | None, int]]) -> list[Hidden]:
    ids = [row[1] for row in rows]
    merges = {merge.merged: merge for merge in Merge.objects.filter(merged__in=ids, undone_at=None)}
    entries = {entry.row_id: entry for entry in DoNotList.objects.filter(row_id__in=ids, lifted_at=None)}
    likely: dict[UUID, UUID] = {}
    for match in DoNotListMatch.objects.filter(row_id__in=ids, entry__lifted_at=None).select_related("entry"):
        if match.status != MatchStatus.OTHER and match.row_id not in entries:
            entries[match.row_id] = match.entry
            likely[match.row_id] = match.id
    instead = {
        each: side.name
        for kind in FactOf.values
        for each, side in sides(kind, [row[6] for row in rows if row[6] and row[0] == kind]).items()
    }
    cards = []
    for kind, row_id, name, source, why, since, kept, _total in rows:
        merge = merges.get(row_id) if why == HiddenWhy.MERGED else None
        entry = entries.get(row_id) if why == HiddenWhy.DO_NOT_LIST else None
        cards.append(
            Hidden(
                kind=kind,
                row_id=row_id,
                name=name,
                source=source,
                why=why,
                since=since,  # type: ignore[arg-type]
                instead=instead.get(kept, "") if kept else "",
                instead_id=kept,
                merge_id=merge.id if merge else None,
                entry_id=entry.id if entry else None,
                match_id=likely.get(row_id) if entry else None,
                by=merge.by_name if merge else entry.made_by_name if entry else "",
                reason=entry.reason if entry else "",
                asked_by=entry.asked_by if entry else "",
                asked_on=entry.asked_on if entry else None,
            )
        )
    return cards
