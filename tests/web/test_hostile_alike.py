"""A stranger's record and a record of nobody answer alike: status, page and statements, at every address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.web.access.rows import Row
from tests.web.access.world import World
from tests.web.test_access_table import AREAS, ask, filled, routes, rows_of

pytestmark = pytest.mark.django_db
STRANGER = "stranger"
CHANGES = (
    rb'name="csrfmiddlewaretoken" value="[^"]*"',
    rb'"X-CSRFToken": ?"[^"]*"',
    rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
)


def kept_from_strangers() -> list[tuple[str, Row]]:
    """Each address whose record is hidden from an organization that has nothing to do with it."""
    return [
        (area, row)
        for area in AREAS
        for found in rows_of(area).values()
        for row in found
        if len(row.answers) > 1 and row.expected(STRANGER) == "404"
    ]


@contextmanager
def statements() -> Iterator[list[str]]:
    """The shapes of all statements: their text before values are put in, without numbers of savepoints."""
    seen: list[str] = []

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        seen.append(re.sub(r"\d+", "N", str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield seen


def answered(client: Client, method: str, address: str, *, htmx: bool) -> tuple[str, bytes, list[str]]:
    """Name of the answer, page without tokens and ids, shapes of statements."""
    with statements() as seen:
        status, page = ask(client, method, address, htmx=htmx)
    for each in CHANGES:
        page = re.sub(each, b"", page)
    return status, page, seen


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "part"])
def test_a_strangers_record_answers_like_one_that_does_not_exist(world: World, htmx: bool) -> None:
    """The first asking warms what a process keeps; the second and third are compared."""
    addresses, given, different = routes(), world.given(STRANGER), []
    nothing = {name: uuid4() if isinstance(each, UUID) else each for name, each in given.items()}
    rows = kept_from_strangers()
    for _area, row in rows:
        client = world.browsers[STRANGER, row.roles[0]]
        hidden, absent = (filled(addresses[row.name], ids) for ids in (given, nothing))
        assert hidden != absent, row.name
        answered(client, row.method, absent, htmx=htmx)
        there = answered(client, row.method, hidden, htmx=htmx)
        gone = answered(client, row.method, absent, htmx=htmx)
        cache.clear()
        if there != gone or there[0] != "404":
            what = [
                name
                for name, one, other in zip(("status", "page", "sql"), there, gone, strict=True)
                if one != other
            ]
            different.append((row.name, row.method, there[0], gone[0], what, len(there[2]), len(gone[2])))
    assert different == [], "\n".join(str(each) for each in different)
    assert len(rows) > 60  # noqa: PLR2004 - the table has that many; fewer means that they are not found
