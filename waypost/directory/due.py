"""Keeping true what is due to be checked; called with whatever else a change of a listing sets off."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

from waypost.directory import due_sql
from waypost.kernel.clock import today


def make_due(ids: Sequence[UUID]) -> None:
    """Say anew when these services are to be checked; those that are not shown any more are not due."""
    values: dict[str, list[UUID] | date | str] = {
        "ids": list(ids),
        "today": today(),
        "zone": str(settings.TIME_ZONE),
    }
    with connection.cursor() as cursor:
        cursor.execute(due_sql.FORGET, values)
        cursor.execute(due_sql.MAKE, values)
