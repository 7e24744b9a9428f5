"""What is measured, and how it is printed."""

import statistics
import time
from collections.abc import Callable
from uuid import UUID

from django.db import connection
from django.test import Client

from bench import filling
from tests.community import rosa
from waypost.accounts.models import User
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.referrals import services as referrals

REFERRALS = 1000
ROUNDS = 60
WARM_UP = 5


def run(*, listings: int) -> None:
    """Fill, measure as the web role, print a table."""
    begun = time.perf_counter()
    at = filling.community()
    filling.listings(listings)
    filling.waiting_referrals(at, REFERRALS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"filled {listings} services and {REFERRALS} referrals in {time.perf_counter() - begun:.0f} s")
    person = rosa(at.ana)
    drafts = iter(filling.drafts(at, ROUNDS + WARM_UP))
    become("waypost_web")
    staff, partner = _signed_in(at.ana), _signed_in(at.sam)
    print(f"{'':44}{'median ms':>12}{'p95 ms':>10}")
    _measure("person page", lambda: _get(staff, f"/people/{person}/"))
    _measure(f"inbox page, {REFERRALS} referrals", lambda: _get(partner, "/inbox/"))
    _measure("sending a referral (service, one transaction)", lambda: _send(at.ana, next(drafts)))


def _measure(name: str, work: Callable[[], object]) -> None:
    for _ in range(WARM_UP):
        work()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{name:44}{statistics.median(taken):12.1f}{p95:10.1f}")


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:  # noqa: PLR2004 - HTTP
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def _send(actor: Actor, referral_id: UUID) -> None:
    with acting(actor):
        referrals.send(actor=actor, referral_id=referral_id)


def become(role: str) -> None:
    """Go on as another role of the database, by a new connection."""
    connection.close()
    connection.settings_dict["USER"] = role
