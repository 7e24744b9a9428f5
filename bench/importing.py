"""Bringing a feed in: services a second beside a bare COPY of the same rows, and the memory it takes."""

import csv
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection, transaction
from psycopg import sql

from waypost.directory.hsds import ORDER
from waypost.directory.tables import model_of
from waypost.interop.hsds.importer import import_feed

SOURCE = "bench of imports"
KINDS = ("Food pantry", "Hot meals", "Rent help", "Rides to care", "Legal clinic", "Tax help", "Job club")
TOWNS = ("Seattle", "Tacoma", "Everett", "Renton", "Kent", "Auburn")
SAID = "Groceries and fresh produce for households in the county. Bring a bag; no papers are asked for. "
Row = list[object]


def importing(services: int) -> None:
    """Write a package of so many services, bring it in, and print what that took."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # the pages were measured as the role that serves people
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        rows = sum(_write(folder / f"{name}.csv", *table(services)) for name, table in TABLES.items())
        before = _peak()
        begun = time.perf_counter()
        report = import_feed([folder], source=SOURCE)
        taken = time.perf_counter() - begun
    created = report.tables["services"]["created"]
    bare = _bare_copy()
    print(
        f"import of {created} services ({rows} rows): {taken:.1f} s, {created / taken:.0f} services a second"
    )
    print(f"a bare COPY of the same rows: {bare:.1f} s; the import takes {taken / bare:.0f} times as long")
    print(f"memory at its peak: {_peak():.0f} MB ({before:.0f} MB before)")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(path: Path, head: list[str], rows: Iterator[Row]) -> int:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(head)
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007 - counted for the caller
            writer.writerow(row)
    return count


def _bare_copy() -> float:
    """The imported rows into tables without indexes and triggers, as quickly as PostgreSQL takes them."""
    taken = 0.0
    for table in ORDER:
        name = model_of(table.name)._meta.db_table
        with transaction.atomic(), connection.cursor() as cursor, tempfile.TemporaryFile() as held:
            rows = sql.SQL("COPY (SELECT * FROM {} WHERE source = {}) TO STDOUT").format(
                sql.Identifier(name), sql.Literal(SOURCE)
            )
            with cursor.copy(rows) as out:
                for piece in out:
                    held.write(piece)
            held.seek(0)
            plain = sql.Identifier(f"bare_{name}")
            cursor.execute(
                sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT * FROM {} WHERE false").format(
                    plain, sql.Identifier(name)
                )
            )
            begun = time.perf_counter()
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(plain)) as into:
                while piece := held.read(1 << 20):
                    into.write(piece)
            taken += time.perf_counter() - begun
    return taken


def _organizations(services: int) -> tuple[list[str], Iterator[Row]]:
    count = max(services // 4, 1)
    return ["id", "name", "description", "website"], (
        [f"o{n}", f"Agency {n}", SAID, f"https://agency{n}.example"] for n in range(count)
    )


def _services(services: int) -> tuple[list[str], Iterator[Row]]:
    head = [
        "id",
        "organization_id",
        "name",
        "description",
        "status",
        "application_process",
        "fees_description",
    ]
    count = max(services // 4, 1)
    return head, (
        [f"s{n}", f"o{n % count}", f"{KINDS[n % len(KINDS)]} {n}", SAID * 2, "active", "Walk in", "Free"]
        for n in range(services)
    )


def _locations(services: int) -> tuple[list[str], Iterator[Row]]:
    dice = random.Random(7)
    return ["id", "organization_id", "name", "latitude", "longitude"], (
        [f"l{n}", "", f"Site {n}", 47 + dice.random(), -122 - dice.random()] for n in range(services)
    )


def _joins(services: int) -> tuple[list[str], Iterator[Row]]:
    return ["id", "service_id", "location_id"], ([f"j{n}", f"s{n}", f"l{n}"] for n in range(services))


def _addresses(services: int) -> tuple[list[str], Iterator[Row]]:
    return ["id", "location_id", "address_1", "city", "state_province", "postal_code"], (
        [f"a{n}", f"l{n}", f"{n} Main St", TOWNS[n % len(TOWNS)], "WA", f"98{n % 200:03d}"]
        for n in range(services)
    )


def _phones(services: int) -> tuple[list[str], Iterator[Row]]:
    return ["id", "service_id", "number"], ([f"p{n}", f"s{n}", "206-555-0100"] for n in range(services))


def _schedules(services: int) -> tuple[list[str], Iterator[Row]]:
    return ["id", "service_id", "freq", "byday", "opens_at", "closes_at"], (
        [f"h{n}", f"s{n}", "WEEKLY", "MO,WE,FR", "09:00", "17:00"] for n in range(services)
    )


TABLES: dict[str, Callable[[int], tuple[list[str], Iterator[Row]]]] = {
    "organizations": _organizations,
    "services": _services,
    "locations": _locations,
    "service_at_locations": _joins,
    "addresses": _addresses,
    "phones": _phones,
    "schedules": _schedules,
}
