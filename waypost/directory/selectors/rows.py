"""Whether rows exist: for imports that add to what an earlier run brought."""

from collections.abc import Iterable
from uuid import UUID

from waypost.directory.hsds import TABLES
from waypost.directory.tables import model_of


def existing_rows(table: str, ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that are in this table of HSDS."""
    wanted = list(ids)
    if not wanted:
        return set()
    return set(model_of(table)._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))


def count_rows(source: str) -> dict[str, int]:
    """How many rows of a feed each table holds."""
    return {name: model_of(name)._default_manager.filter(source=source).count() for name in TABLES}
