"""Methods that no page is made for: no error of ours, no word of a person, no statement that writes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.web.access.world import World
from tests.web.test_access_table import HERS, filled, routes

pytestmark = pytest.mark.django_db
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|SELECT .*FOR UPDATE)\b", re.IGNORECASE)
OF_THE_VISITOR = ("session", "django_cache", "accounts_door")
FORM = "application/x-www-form-urlencoded"
BROKEN = 500


@contextmanager
def _written() -> Iterator[list[str]]:
    """Statements that change rows, all but the visitor's own session and how often he asked."""
    seen: list[str] = []

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(str(sql)) and not any(each in str(sql) for each in OF_THE_VISITOR):
            seen.append(str(sql)[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield seen


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE", "TRACE", "OPTIONS", "PROPFIND"])
def test_a_method_nobody_asked_for_shows_and_changes_nothing(world: World, method: str) -> None:
    """Asked by the record's own supervisor, by a stranger's, and by nobody; a token changes nothing."""
    askers = {
        "own": world.browsers["own", "S"],
        "stranger": world.browsers["stranger", "S"],
        "nobody": Client(),
    }
    wrong: list[object] = []
    for name, route in routes().items():
        address = filled(route, world.given("own"))
        for who, client in askers.items():
            client.raise_request_exception = False
            cookies = client.cookies.copy()
            with transaction.atomic(), _written() as written:
                answer = client.generic(
                    method, address, "given_name=Zoe", "application/x-www-form-urlencoded"
                )
                page = b"" if answer.streaming else answer.content
                transaction.set_rollback(True)
            client.cookies = cookies
            shown = [each for each in HERS if each in page]
            if answer.status_code >= BROKEN or shown or written:
                wrong.append((name, who, answer.status_code, shown, written[:2]))
        cache.clear()
    assert wrong == [], "\n".join(str(each) for each in wrong)


def test_asking_for_the_head_alone_brings_no_page(world: World) -> None:
    wrong: list[object] = []
    for name, route in routes().items():
        address = filled(route, world.given("own"))
        for who, client in (("own", world.browsers["own", "S"]), ("nobody", Client())):
            client.raise_request_exception = False
            cookies = client.cookies.copy()
            with transaction.atomic():
                answer = client.head(address)
                page = b"" if answer.streaming else answer.content
                transaction.set_rollback(True)
            client.cookies = cookies
            if answer.status_code >= BROKEN or page:
                wrong.append((name, who, answer.status_code, page[:80]))
        cache.clear()
    assert wrong == [], "\n".join(str(each) for each in wrong)
