"""Two requests about the same thing take turns."""

import psycopg
import pytest
from django.db import connection, transaction

from waypost.kernel.turns import take_turn

TRY = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


@pytest.mark.django_db
def test_a_turn_is_held_by_one_transaction_at_a_time() -> None:
    take_turn("needs", 7)
    with psycopg.connect(**connection.get_connection_params()) as other:
        assert [other.execute(TRY, [key]).fetchone() for key in ("needs:7", "needs:8")] == [(False,), (True,)]


@pytest.mark.django_db(transaction=True)
def test_a_turn_ends_with_its_transaction_and_needs_one() -> None:
    with transaction.atomic():
        take_turn("needs", 7)
    with psycopg.connect(**connection.get_connection_params()) as other:
        assert other.execute(TRY, ["needs:7"]).fetchone() == (True,)
    with pytest.raises(RuntimeError):
        take_turn("needs", 7)
