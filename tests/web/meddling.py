"""What the hostile tests share: a look at the rows, and things that the site itself may not do."""

from collections.abc import Callable
from uuid import uuid4

from django.db import connection
from django.test import Client

from tests.community import PASSWORD
from waypost.kernel.actors import Actor
from waypost.kernel.models import AuditEntry
from waypost.kernel.transaction import acting
from waypost.network.cards import MembershipCard
from waypost.network.selectors import memberships_of
from waypost.people import selectors as people


def count(actor: Actor) -> int:
    """How many people this actor's organization keeps."""
    with acting(actor):
        return people.find(actor)[1]


def memberships(actor: Actor) -> list[MembershipCard]:
    """Where this actor works."""
    with acting(actor):
        return memberships_of(actor.user_id or uuid4())


def as_owner(work: Callable[[], object]) -> None:
    """Something that the site itself may not do, in the middle of a test."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        work()
        cursor.execute("SET LOCAL ROLE waypost_web")


def still_me(client: Client, password: str = PASSWORD) -> None:
    """Give the password once more, as whoever does something grave is asked to."""
    client.post("/accounts/reauthenticate/", {"password": password})


def audited(action: str) -> list[AuditEntry]:
    """The lines of the log for an action, oldest first: read as the worker does, so that none is hidden."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        [(before,)] = cursor.fetchall()
        cursor.execute("RESET ROLE; SET LOCAL ROLE waypost_system")
        found = list(AuditEntry.objects.filter(action=action).order_by("pk"))
        cursor.execute("RESET ROLE")
        if before == "waypost_web":
            cursor.execute("SET LOCAL ROLE waypost_web")
    return found
