"""Taking turns: two requests about the same thing wait for one another."""

from django.db import connection


def take_turn(*subject: object) -> None:
    """Hold the turn for ``subject`` until the transaction ends; a second taker waits, then sees the rows.

    For "look, then add" where the row to lock does not exist yet. Never outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a turn is held for a transaction; there is none")
    with connection.cursor() as cursor:
        key = ":".join(str(part) for part in subject)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def share_turn(*subject: object) -> None:
    """Hold the turn together with all who only read what it guards; whoever takes it waits for them."""
    if not connection.in_atomic_block:
        raise RuntimeError("a turn is held for a transaction; there is none")
    with connection.cursor() as cursor:
        key = ":".join(str(part) for part in subject)
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [key])
