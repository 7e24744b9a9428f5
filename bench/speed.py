"""What the search costs in a directory of any size, beside tantivy; what filling and keeping it costs."""

import random
import resource
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from bench import replica
from bench.tantivy_side import Beside
from waypost.directory.selectors import SearchQuery, search
from waypost.directory.selectors.understood import understand
from waypost.directory.services import listing_changed

WORDS = (
    "food pantry", "groceries", "hot meals", "eviction", "legal aid", "rent help", "electric bill", "senior center",
    "clothing", "diapers", "despensa de comida", "comida gratis", "abogado", "ayuda con la renta",
    "meals on wheels", "soup kitchen", "fresh produce", "salvation army", "dentist", "clases de ingles",
    "veterans", "mobile pantry", "immigration lawyer", "job training",
)  # fmt: skip
TYPOS = ("grocieries", "evicton", "veternas", "imigration lawyer", "soup kichen", "fresh produse", "despnsa")
NEED = "food-insecurity"
ROUNDS, WARM_UP = 100, 10
BARE = ("organization", "service", "location", "address", "phone", "schedule", "language")


def run(listings: int, data: Path, superuser: str, become_web: Callable[[], None]) -> None:
    """Fill, measure, print."""
    took = replica.fill(listings, data, superuser)
    rate = took["services imported"] / took["import, seconds"]
    print(
        f"{took['findings']:.0f} findings (a service at a place), filled in {took['filling, seconds']:.0f} s"
    )
    print(f"import: {rate:.0f} services a second with all that belongs to them; ", end="")
    print(
        f"a bare COPY of the same rows {_bare_copy(superuser, took['services imported']):.0f} a second; ",
        end="",
    )
    print(f"the importer's memory at most {_peak()} MB")
    print(f"made anew after a change: {_anew():.0f} services a second")
    become_web()
    with connection.cursor() as cursor:
        cursor.execute("SELECT zip FROM bench_zip ORDER BY n")
        zips = [row[0] for row in cursor.fetchall()]
    begun = time.perf_counter()
    beside = Beside(superuser)
    print(f"tantivy: the same findings indexed in {time.perf_counter() - begun:.0f} s")
    print(f"\n{'':40}{'p50 ms':>9}{'p95 ms':>9}{'tantivy p50':>13}{'p95':>8}{'ratio p50':>11}{'p95':>7}")
    dice = random.Random(7)
    for name, make in _kinds(dice, zips).items():
        queries = [make() for _ in range(ROUNDS + WARM_UP)]
        _line(name, _timed(queries, _ask), _timed(queries, lambda each: _ask_tantivy(beside, each)))
    client = Client()
    for name, address in {
        "page: words + need + place, with counts": lambda: (
            f"/?q={dice.choice(WORDS)}&need={NEED}&zip={dice.choice(zips)}"
        ),
        "page: words alone": lambda: f"/?q={dice.choice(WORDS)}",
    }.items():
        pages = [address() for _ in range(ROUNDS + WARM_UP)]
        _line(name, _timed(pages, lambda each: _get(client, each)), None)
    print(f"memory: this process, which serves the pages, {_resident('self')} MB", end="")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), pg_size_pretty(pg_total_relation_size('directory_finding')),"
                       " pg_size_pretty(pg_database_size(current_database()))")  # fmt: skip
        pid, size, whole = cursor.fetchone()
    print(
        f"; its database connection {_resident(pid)} MB; findings on disk {size}, the whole database {whole}"
    )


def _kinds(dice: random.Random, zips: list[str]) -> dict[str, Callable[[], dict[str, Any]]]:
    return {
        "words + need + place + filters + counts": lambda: {
            "words": dice.choice(WORDS), "need": NEED, "zip": dice.choice(zips), "language": "es", "facets": True
        },
        "words + place + counts": lambda: {"words": dice.choice(WORDS), "zip": dice.choice(zips), "facets": True},
        "words + place": lambda: {"words": dice.choice(WORDS), "zip": dice.choice(zips)},
        "need + place + counts": lambda: {"need": NEED, "zip": dice.choice(zips), "facets": True},
        "words alone + counts": lambda: {"words": dice.choice(WORDS), "facets": True},
        "words alone": lambda: {"words": dice.choice(WORDS)},
        "filters alone + counts": lambda: {
            "cost": dice.choice(("free", "low")), "language": dice.choice(("es", "en")), "facets": True
        },
        "typing errors": lambda: {"words": dice.choice(TYPOS)},
    }  # fmt: skip


def _ask(each: dict[str, Any]) -> None:
    asked = {name: value for name, value in each.items() if name != "facets"}
    search(SearchQuery(per_page=20, **asked), with_facets=each.get("facets", False))


def _ask_tantivy(beside: Beside, each: dict[str, Any]) -> None:
    """Mended words are given: what is compared is the search itself."""
    said = understand(each.get("words", ""))
    begun = time.perf_counter()
    keys = [f"{name}:{each[name]}" for name in ("need", "cost", "language") if name in each]
    beside.ask(said, each.get("zip", ""), tuple(keys), 25.0, each.get("facets", False))
    each["own"] = time.perf_counter() - begun


def _timed(queries: list[Any], work: Callable[[Any], None]) -> list[float]:
    taken = []
    for each in queries:
        begun = time.perf_counter()
        work(each)
        spent = time.perf_counter() - begun
        taken.append(1000 * (each.pop("own", spent) if isinstance(each, dict) else spent))
    return taken[WARM_UP:]


def _line(name: str, ours: list[float], theirs: list[float] | None) -> None:
    p50, p95 = statistics.median(ours), statistics.quantiles(ours, n=20)[-1]
    line = f"{name:40}{p50:9.1f}{p95:9.1f}"
    if theirs:
        t50, t95 = statistics.median(theirs), statistics.quantiles(theirs, n=20)[-1]
        line += f"{t50:13.1f}{t95:8.1f}{p50 / t50:11.1f}{p95 / t95:7.1f}"
    print(line, flush=True)


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:  # noqa: PLR2004 - HTTP
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _bare_copy(superuser: str, services: float) -> float:
    """The rows of the import into tables without indexes, as text that is ready: services a second."""
    with psycopg.connect(superuser) as db:
        held = []
        for table in BARE:
            out = BytesIO()
            with (
                db.cursor() as cursor,
                cursor.copy(
                    f"COPY (SELECT t.* FROM directory_{table} t WHERE imported_at IS NOT NULL"
                    f" AND source = ANY('{{ilao,ohana,haarrrvest}}') ORDER BY imported_at LIMIT 12000) TO STDOUT"
                ) as data,
            ):
                for block in data:
                    out.write(bytes(block))
            db.execute(f"CREATE TEMP TABLE bare_{table} (LIKE directory_{table})")
            held.append((table, out.getvalue()))
        begun = time.perf_counter()
        for table, body in held:
            with db.cursor() as cursor, cursor.copy(f"COPY bare_{table} FROM STDIN") as inwards:
                inwards.write(body)
        db.commit()
        return services / (time.perf_counter() - begun)


def _anew() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM directory_service TABLESAMPLE SYSTEM (50) LIMIT 4000")
        ids = [row[0] for row in cursor.fetchall()]
    begun = time.perf_counter()
    listing_changed(ids)
    return len(ids) / (time.perf_counter() - begun)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _resident(pid: int | str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0
