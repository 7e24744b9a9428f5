"""Which services may stand in a search engine, in pieces that can be read quickly at any size."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from waypost.directory.choices import NOT_OFFERED
from waypost.directory.models import Service
from waypost.kernel.clock import today

PIECE = 10_000  # the protocol allows 50,000 addresses a file (sitemaps.org)


@dataclass(frozen=True, slots=True)
class Listed:
    """A service's page, and when it last changed, where that is known."""

    id: UUID
    changed_on: date | None


def first_ids() -> list[UUID]:
    """The id with which each piece begins: every 10,000th listed service, by id."""
    query, params = _shown().order_by("id").values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ({query}) s) numbered"  # noqa: S608 - Django's own SQL with its parameters
            " WHERE (n - 1) / %s * %s = n - 1 ORDER BY id",
            [*params, PIECE, PIECE],
        )
        return [row[0] for row in cursor.fetchall()]


def piece(first: UUID) -> list[Listed]:
    """The services of the piece that begins with this id."""
    rows = _shown().filter(id__gte=first).order_by("id").values_list("id", "last_modified", "confirmed_on")
    return [
        Listed(each, max((day for day in (modified and modified.date(), confirmed) if day), default=None))
        for each, modified, confirmed in rows[:PIECE]
    ]


def _shown() -> QuerySet[Service]:
    return (
        Service.objects.filter(hidden_why="", organization__hidden_why="")
        .filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today()))
        .annotate(state=Lower("status"))
        .exclude(state__in=NOT_OFFERED)
    )
