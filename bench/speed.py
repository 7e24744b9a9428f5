"""What the search costs in a directory of any size, beside tantivy; what filling and keeping it costs."""

import importlib
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.test import Client

from bench import replica
from bench.measures import become
from bench.relevance import shared_data
from bench.tantivy_side import Beside
from waypost.directory.facets import key
from waypost.directory.selectors import SearchQuery, search
from waypost.directory.selectors.understood import understand
from waypost.directory.services import listing_changed, make_all_anew

WORDS = (
    "food pantry", "groceries", "hot meals", "eviction", "legal aid", "rent help", "electric bill",
    "senior center", "clothing", "diapers", "despensa de comida", "comida gratis", "abogado",
    "ayuda con la renta", "meals on wheels", "soup kitchen", "fresh produce", "salvation army", "dentist",
    "clases de ingles", "veterans", "mobile pantry", "immigration lawyer", "job training",
)  # fmt: skip
TYPOS = ("grocieries", "evicton", "veternas", "imigration lawyer", "soup kichen", "fresh produse", "despnsa")
NEED, RARE = "food-insecurity", "elder-abuse"
NOWHERE = ("zebra", "unicorn", "submarine")
ROUNDS, WARM_UP = 100, 10
WHOLE_NIGHT = 200_000  # findings: of more only a part is made anew here


def run(listings: int, superuser: str) -> None:
    """Fill, measure, print."""
    data = shared_data()
    if not (data / "communities").is_dir():
        print(f"search: not measured, there are no communities at {data}")
        return
    begun = time.perf_counter()
    findings = replica.fill(listings, data, superuser)
    print(f"{findings} findings (a service at a place), filled in {time.perf_counter() - begun:.0f} s")
    measure(findings, superuser)


def measure(findings: int, superuser: str) -> None:
    """What is there already."""
    print(f"made anew after a change: {_anew():.0f} services a second")
    if findings <= WHOLE_NIGHT:
        begun = time.perf_counter()
        print(f"all {make_all_anew()} services, as every night: {time.perf_counter() - begun:.0f} s")
    become("waypost_web")
    with connection.cursor() as cursor:
        cursor.execute("SELECT zip FROM bench_zip ORDER BY n")
        zips = [row[0] for row in cursor.fetchall()]
    begun = time.perf_counter()
    beside = Beside(superuser)
    print(f"tantivy: the same findings indexed in {time.perf_counter() - begun:.0f} s")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"\n{'':40}{'p50 ms':>9}{'p95 ms':>9}{'tantivy p50':>13}{'p95':>8}{'ratio p50':>11}{'p95':>7}")
    dice = random.Random(7)
    module = importlib.import_module("waypost.directory.selectors.search")
    for name, make in _kinds(dice, zips).items():
        queries = [make() for _ in range(ROUNDS + WARM_UP)]
        with patch.object(module, "listings", _no_cards):  # the query alone: what is found, totals, counts
            ours = _timed(queries, _ask)
        _line(name, ours, _timed(queries, lambda each: _ask_tantivy(beside, each)))
    client = Client()
    for name, address in {
        "page: words + need + place, with counts": lambda: (
            f"/?q={dice.choice(WORDS)}&need={NEED}&zip={dice.choice(zips)}"
        ),
        "page: words + place, with counts": lambda: f"/?q={dice.choice(WORDS)}&zip={dice.choice(zips)}",
        "page: words alone": lambda: f"/?q={dice.choice(WORDS)}",
        "page: nothing found, what else there is": lambda: (
            f"/?q={dice.choice(NOWHERE)}+{dice.choice(WORDS)}&need={RARE}&zip={dice.choice(zips)}"
            "&miles=1&language=ht&known=1"
        ),
    }.items():
        pages = [address() for _ in range(ROUNDS + WARM_UP)]
        _line(name, _timed(pages, lambda each: _get(client, each)), None)
    print(f"memory: this process, which serves the pages, {_resident('self')} MB", end="")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_backend_pid(), pg_size_pretty(pg_total_relation_size('directory_finding')),"
            " pg_size_pretty(pg_database_size(current_database()))"
        )
        pid, size, whole = cursor.fetchone()
    print(f"; its database connection {_resident(pid)} MB; findings on disk {size}, the whole {whole}")


def _no_cards(_ids: object, *, near: object = None) -> dict[str, object]:
    return {}


def _kinds(dice: random.Random, zips: list[str]) -> dict[str, Callable[[], dict[str, Any]]]:
    return {
        "words + need + place + filters + counts": lambda: {
            "words": dice.choice(WORDS), "need": NEED, "zip": dice.choice(zips), "language": "es",
            "facets": True,
        },
        "words + place + counts": lambda: {
            "words": dice.choice(WORDS), "zip": dice.choice(zips), "facets": True
        },
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
    filters = [
        (key(name, each[name]), *((key(name),) if name != "need" else ()))
        for name in ("need", "cost", "language")
        if name in each
    ]
    beside.ask(said, each.get("zip", ""), tuple(filters), 25.0, each.get("facets", False))
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


def _anew() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM directory_service TABLESAMPLE SYSTEM (50) LIMIT 4000")
        ids = [row[0] for row in cursor.fetchall()]
    begun = time.perf_counter()
    listing_changed(ids)
    return len(ids) / (time.perf_counter() - begun)


def _resident(pid: int | str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0
