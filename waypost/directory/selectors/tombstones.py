"""Listings that were there and are not any more: for those who keep a copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from waypost.kernel.clock import today

# Nothing is said of what could never be seen: confidential places, and the places of victim services.
_GONE = """
SELECT 'organization' AS kind, o.id, o.hidden_why AS why, o.hidden_at AS at, o.merged_into_id AS merged_into
  FROM directory_organization o WHERE o.hidden_why <> ''
UNION ALL
SELECT 'service', s.id, coalesce(nullif(s.hidden_why, ''), nullif(o.hidden_why, ''), 'expired'),
       coalesce(s.hidden_at, o.hidden_at, s.expires_on + interval '1 day'), s.merged_into_id
  FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
 WHERE s.hidden_why <> '' OR o.hidden_why <> '' OR s.expires_on < %(today)s
UNION ALL
SELECT 'location', l.id, l.hidden_why, l.hidden_at,
       CASE WHEN NOT k.confidential THEN l.merged_into_id END
  FROM directory_location l LEFT JOIN directory_organization o ON o.id = l.organization_id
  LEFT JOIN directory_location k ON k.id = l.merged_into_id
 WHERE l.hidden_why <> '' AND NOT l.confidential AND NOT coalesce(o.is_victim_service, false)
   AND NOT EXISTS (SELECT 1 FROM directory_serviceatlocation j JOIN directory_service s ON s.id = j.service_id
                     JOIN directory_organization v ON v.id = s.organization_id
                    WHERE j.location_id = l.id AND v.is_victim_service)
"""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """``why``: merged, do_not_list, expired, gone or removed; ``merged_into``: where to look instead."""

    kind: str
    id: UUID
    why: str
    at: datetime | None
    merged_into: UUID | None


def tombstones(*, since: datetime | None = None, limit: int, offset: int = 0) -> tuple[list[Tombstone], int]:
    """The newest last; with how many there are in all. One without a moment is always told."""
    params: dict[str, Any] = {
        "today": today(), "since": since, "limit": limit, "offset": offset
    }  # fmt: skip
    where = "(%(since)s::timestamptz IS NULL OR g.at IS NULL OR g.at >= %(since)s::timestamptz)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_GONE}) g WHERE {where}", params)
        total = int(cursor.fetchone()[0])
        cursor.execute(
            f"SELECT g.* FROM ({_GONE}) g WHERE {where}"
            " ORDER BY g.at NULLS FIRST, g.id LIMIT %(limit)s OFFSET %(offset)s",
            params,
        )
        return [Tombstone(*record) for record in cursor.fetchall()], total


def tombstone(kind: str, row_id: UUID) -> Tombstone | None:
    """What became of the row of this id, if it is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT g.* FROM ({_GONE}) g WHERE g.kind = %(kind)s AND g.id = %(id)s",
            {"today": today(), "kind": kind, "id": row_id},
        )
        record = cursor.fetchone()
    return Tombstone(*record) if record else None
