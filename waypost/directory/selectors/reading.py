"""How the database reads for a search: by its indexes, in memory, without compiling."""

import contextlib
from collections.abc import Iterator
from typing import Any

SETTINGS = {
    "enable_seqscan": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",  # side by side, the far would be read with the near
    "work_mem": "64MB",
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
