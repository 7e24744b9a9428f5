"""How the database reads for a search: by its indexes, in memory, without compiling, planned once."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from django.db import connection

SETTINGS = {
    "enable_seqscan": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",  # side by side, the far would be read with the near
    "work_mem": "64MB",
    "plan_cache_mode": "force_generic_plan",
}


@contextlib.contextmanager
def reading(cursor: Any) -> Iterator[None]:
    """These settings for what is read inside, and the former ones after it.

    A limit stands on every read, which the planner takes for a reason to read the table from its beginning:
    where the words are rare, to its end.
    """
    names = list(SETTINGS)
    cursor.execute(
        "SELECT array_agg(current_setting(n)), array_agg(set_config(n, v, false))"
        " FROM unnest(%s::text[], %s::text[]) u (n, v)",
        [names, [SETTINGS[each] for each in names]],
    )
    before = cursor.fetchone()[0]
    yield
    cursor.execute(
        "SELECT set_config(n, v, false) FROM unnest(%s::text[], %s::text[]) u (n, v)", [names, before]
    )


def one_row(statement: str, params: Mapping[str, Any]) -> tuple[Any, ...]:
    """The row that a statement answers. Each connection keeps its plan, which costs as much as the reading.

    Values are bound by the server, so that searches of one shape are one statement, whatever is looked for.
    """
    connection.ensure_connection()
    held = connection.connection
    before, held.prepare_threshold = held.prepare_threshold, 0
    try:
        with connection.wrap_database_errors, psycopg.Cursor(held) as cursor:
            cursor.execute(statement, params, prepare=True)
            row: tuple[Any, ...] | None = cursor.fetchone()
    finally:
        held.prepare_threshold = before
    if row is None:
        raise LookupError
    return row
