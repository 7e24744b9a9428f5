"""What the walls cost: pages with and without gate and policies, misspelt names, writers at once."""

import contextlib
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from unittest.mock import patch

from django.db import connection

from bench.measures import _get, _signed_in, become
from bench.network import fill
from tests.community import Community
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.people import selectors as people
from waypost.people.services import Identity, register

TURNS, ROUNDS, WARM_UP = 5, 12, 3
NAMES = 300
WRITERS, SECONDS = 16, 8
MEASURED = tuple[str, Callable[[], object]]


def run(count: int, admin_url: str) -> None:
    """Fill, measure by turns in one run, print a table."""
    at, person = fill(count, admin_url)
    become("waypost_web")
    staff, partner = _signed_in(at.ana), _signed_in(at.sam)
    pages: tuple[MEASURED, ...] = (
        ("person page, own", lambda: _get(staff, f"/people/{person}/")),
        ("person page, shared", lambda: _get(partner, f"/people/{person}/")),
        ("inbox of 10,000", lambda: _get(partner, "/inbox/")),
    )
    print(f"{'':28}{'as served':>12}{'no gate':>10}{'ratio':>8}{'no policies':>13}{'ratio':>8}")
    for name, page in pages:
        taken: dict[str, list[float]] = {"served": [], "gate": [], "policies": []}
        for _ in range(TURNS):
            taken["served"] += _times(page)
            with _no_gate():
                taken["gate"] += _times(page)
            become("postgres")
            taken["policies"] += _times(page)
            become("waypost_web")
        served, gate, policies = (statistics.median(each) for each in taken.values())
        print(
            f"{name:28}{served:9.1f} ms{gate:7.1f} ms{served / gate:8.2f}"
            f"{policies:10.1f} ms{served / policies:8.2f}"
        )
    _misspelt(at)
    _writers(at)


def _times(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    for _ in range(WARM_UP):
        work()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


@contextlib.contextmanager
def _no_gate() -> Iterator[None]:
    """Neither decisions nor the access log."""
    with patch("waypost.kernel.audit.record"), patch("waypost.disclosure.gate.only_by_emergency", _false):
        yield


def _false(*_: object) -> bool:
    return False


def _misspelt(at: Community) -> None:
    """Names of own people, each with one slip of the hand, found anew each time."""
    dice = random.Random(2026)
    with acting(at.ana):
        own = people.own_people(at.ana)
        names = list(own.order_by("id").values_list("given_name", "family_name")[: NAMES * 3])
    dice.shuffle(names)
    taken, right = [], 0
    for given, family in names[:NAMES]:
        typed = f"{given} {_slip(family, dice)}"
        begun = time.perf_counter()
        with acting(at.ana):
            found = people.find_near(at.ana, words=typed)
        taken.append((time.perf_counter() - begun) * 1000)
        right += any(each.name == f"{given} {family}" for each in found)
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(
        f"misspelt names among one's own 20,000: median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms,"
        f" {right} of {len(taken)} found"
    )


def _slip(word: str, dice: random.Random) -> str:
    """A letter left out, doubled, or two swapped."""
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        ]
    )


def _writers(at: Community) -> None:
    """Sixteen at once, each registering people, one transaction each."""
    rates: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(2):
        rates["with"].append(_rate(at.ana))
        with patch("waypost.kernel.audit.record"):
            rates["without"].append(_rate(at.ana))
    with_audit, without = (statistics.mean(each) for each in rates.values())
    print(
        f"{WRITERS} writers at once: {with_audit:.0f} transactions/s with the audit, {without:.0f} without,"
        f" ratio {without / with_audit:.2f}"
    )


def _rate(actor: Actor) -> float:
    done = [0] * WRITERS
    until = time.perf_counter() + SECONDS

    def write(number: int) -> None:
        while time.perf_counter() < until:
            with acting(actor):
                register(actor=actor, identity=Identity(given_name="Written", family_name=f"By{number}"))
            done[number] += 1
        connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(WRITERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(done) / SECONDS
