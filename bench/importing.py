"""Bringing a feed in, as tables, as one list and as lines: services a second beside a bare COPY of the same

rows, and the memory it takes.
"""

import csv
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

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
    """Bring so many services in, in each form in a process of its own, and print what that took."""
    print(f"import of {services} services")
    print(f"{'form':10}{'rows':>10}{'seconds':>10}{'a second':>10}{'COPY s':>9}{'ratio':>8}{'peak MB':>9}")
    for form in FORMS:
        connection.close()
        child = os.fork()  # the peak of memory is a process's own
        if child == 0:
            status = 1
            try:
                _measure(form, services)
                status = 0
            finally:
                os._exit(status)
        if os.waitpid(child, 0)[1]:
            raise RuntimeError(f"the import as {form} failed")


def _measure(form: str, services: int) -> None:
    _empty()
    with tempfile.TemporaryDirectory() as held:
        FORMS[form](Path(held), services)
        before, begun = _peak(), time.perf_counter()
        report = import_feed([Path(held)], source=SOURCE)
        taken = time.perf_counter() - begun
    created = report.tables["services"]["created"]
    if created != services:
        raise RuntimeError(f"{created} of {services} services came in")
    bare = _bare_copy()
    line = f"{form:10}{report.rows_written:>10}{taken:>10.1f}{created / taken:>10.0f}{bare:>9.2f}"
    print(f"{line}{taken / bare:>8.0f}{_peak():>9.0f}  ({before:.0f} before)", flush=True)


def _empty() -> None:
    names = [sql.Identifier(model_of(table.name)._meta.db_table) for table in ORDER]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # the pages were measured as the role that serves people
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tables(folder: Path, services: int) -> None:
    for name, table in TABLES.items():
        _write(folder / f"{name}.csv", *table(services))


def _lines(folder: Path, services: int) -> None:
    with (folder / "services.ndjson").open("w", encoding="utf-8") as out:
        out.writelines(f"{json.dumps(each)}\n" for each in _objects(services))


def _list(folder: Path, services: int) -> None:
    with (folder / "services.json").open("w", encoding="utf-8") as out:
        objects = _objects(services)
        out.write("[" + "".join(json.dumps(each) for each in islice(objects, 1)))
        out.writelines(f", {json.dumps(each)}" for each in objects)
        out.write("]")


FORMS: dict[str, Callable[[Path, int], None]] = {"tables": _tables, "one list": _list, "lines": _lines}


def _objects(services: int) -> Iterator[dict[str, Any]]:
    """The same things as in the tables, each service with all that belongs to it."""
    made = {name: table(services) for name, table in TABLES.items()}
    owners = [dict(zip(made["organizations"][0], each, strict=True)) for each in made["organizations"][1]]
    rest = [name for name in TABLES if name != "organizations"]
    for number, rows in enumerate(zip(*(made[name][1] for name in rest), strict=True)):
        found = {
            name: dict(zip(made[name][0], row, strict=True)) for name, row in zip(rest, rows, strict=True)
        }
        place = found["locations"] | {"addresses": [found["addresses"]]}
        yield found["services"] | {
            "organization": owners[number % len(owners)],
            "service_at_locations": [{"id": found["service_at_locations"]["id"], "location": place}],
            "phones": [found["phones"]],
            "schedules": [found["schedules"]],
        }


def _write(path: Path, head: list[str], rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(head)
        writer.writerows(rows)


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
