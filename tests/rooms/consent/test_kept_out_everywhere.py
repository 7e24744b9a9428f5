"""Every table about people hides its rows from a worker whom the person wants kept out."""

import pytest
from django.db import connection

from waypost.kernel.rls import is_public

pytestmark = pytest.mark.django_db

# What is about a person and read by whoever guards privacy or by the person, not by those who work with them.
ELSEWHERE = {
    "disclosure_access",  # by itself it opens nothing: the rows that it opens are hidden
    "disclosure_disclosure",  # what left, for the accounting; its page stands behind the person's own row
}


def rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_every_table_about_people_of_the_rooms_that_work_with_them() -> None:
    about = {
        str(table)
        for (table,) in rows(
            "SELECT DISTINCT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'person_id'"
        )
        if not is_public(str(table)) and str(table).split("_")[0] in ROOMS
    }
    hidden = {
        str(table) for (table,) in rows("SELECT tablename FROM pg_policies WHERE permissive = 'RESTRICTIVE'")
    }
    assert {"people_contactpoint", "referrals_referral", "screening_need"} <= about
    assert about - hidden - ELSEWHERE == set()


ROOMS = {"people", "consent", "screening", "referrals", "coordination", "disclosure"}
