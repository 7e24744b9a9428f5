"""Keeping the table that the search reads true to the listings."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from waypost.directory import findings_sql
from waypost.directory.due import make_due
from waypost.directory.facets import counted_keys
from waypost.directory.findings_areas import add_shapes
from waypost.directory.rules.cells import cells_of
from waypost.directory.rules.hours import WEEK, Hours
from waypost.directory.rules.openings import spans
from waypost.directory.zips import known_zones, zip_place, zip_time_zone
from waypost.kernel.clock import today

AHEAD = timedelta(days=9)
BATCH = 2000
_ONE_READER = 500


def listing_changed(service_ids: Iterable[UUID]) -> None:
    """Make what the search reads of these services anew; ids that are gone or hidden leave it."""
    ids = sorted(set(service_ids))
    for start in range(0, len(ids), BATCH):
        _make_anew(ids[start : start + BATCH])


def catch_up(*, at_most: int | None = None) -> int:
    """Make anew what writes left due; how many services. A search does so for up to 500 before it reads."""
    done = 0
    while at_most is None or done < at_most:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT service_id FROM (SELECT service_id FROM directory_findingdue"
                " ORDER BY id LIMIT %s) due",
                [BATCH if at_most is None else at_most],
            )
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            break
        _make_anew(ids)
        done += len(ids)
    return done


def catch_up_a_little() -> None:
    """What a reader does first, so that nobody reads what is out of date after a single change."""
    catch_up(at_most=_ONE_READER)


def make_all_anew() -> int:
    """Every service; once a night, because the coming days' openings move on. How many there are.

    Batch by batch, each in its own transaction: nobody who searches waits, and no list of all is held here.
    Neighbours come one after the other, and so lie side by side afterwards.
    """
    done = 0
    with connection.cursor() as cursor:
        cursor.execute(findings_sql.EVERY_SERVICE)
        try:
            while ids := _next(cursor):
                _make_anew(ids)
                done += len(ids)
        finally:
            cursor.execute("CLOSE every_service")
    with connection.cursor() as cursor:
        cursor.execute(findings_sql.FORGET_ORPHANS)
    return done


def _next(cursor: CursorWrapper) -> list[UUID]:
    cursor.execute(f"FETCH {BATCH} FROM every_service")
    return [row[0] for row in cursor.fetchall()]


def _make_anew(ids: Sequence[UUID]) -> None:
    """Two writers of one service wait for each other at its row, so that neither leaves an old state."""
    known: dict[str, Any] = {"ids": list(ids), "today": today(), "bits": counted_keys()}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (
            findings_sql.LOCK,
            findings_sql.CHANGED,
            findings_sql.DONE,
            findings_sql.FORGET,
            findings_sql.SPOTS,
        ):
            cursor.execute(statement, known)
        day = today()
        spots = sorted((_spot(row, day) for row in cursor.fetchall()), key=_square)
        columns = zip(*spots, strict=True) if spots else ([] for _ in _SPOT)
        known |= {name: list(values) for name, values in zip(_SPOT, columns, strict=True)}
        cursor.execute(findings_sql.MAKE, known)
        cursor.execute(findings_sql.LEARN, known)
        add_shapes(cursor, ids)
        make_due(ids)


_SPOT = (
    "services",
    "locations",
    "latitudes",
    "longitudes",
    "near_latitudes",
    "near_longitudes",
    "cells",
    "spans",
    "weekdays",
    "zones",
)


def _spot(row: tuple[Any, ...], day: date) -> tuple[Any, ...]:
    """A row of ``_SPOT``: without a point, the middle of its ZIP is only what it is sorted by."""
    service, location, latitude, longitude, zip_code, lines, own_zone = row
    near_latitude, near_longitude = latitude, longitude
    cells = ""
    if latitude is not None and longitude is not None:
        cells = " ".join(cells_of(latitude, longitude))
    elif zip_code and (place := zip_place(zip_code)):
        near_latitude, near_longitude = place.latitude, place.longitude
    spans_, days, zone = None, None, ""
    if lines:
        own = own_zone if own_zone in known_zones() else zip_time_zone(zip_code)
        zone = own or str(settings.TIME_ZONE)
        spans_, days = _of_schedule(lines, zone, day)
    near = (near_latitude, near_longitude)
    return (service, location, latitude, longitude, *near, cells, spans_, days, zone)


def _square(spot: tuple[Any, ...]) -> tuple[str, str]:
    """Neighbours are written side by side."""
    squares = str(spot[_SPOT.index("cells")]).split()
    return (squares[1], squares[0]) if squares else ("", "")


@lru_cache(maxsize=20_000)
def _of_schedule(lines: str, zone: str, day: date) -> tuple[str | None, int | None]:
    """Openings of the coming days as PostgreSQL writes them, and the weekdays (bit 0: Monday)."""
    hours = tuple(_hours(each) for each in json.loads(lines))
    from_, to = (datetime.combine(each, time(), tzinfo=UTC) for each in (day, day + AHEAD))
    found = spans(hours, zone, from_ - timedelta(hours=12), to)
    moments = (
        None if found is None else f"{{{','.join(f'[{a.isoformat()},{b.isoformat()})' for a, b in found)}}}"
    )
    regular = [each for each in hours if each.opens_at is not None and each.byday and not each.holiday]
    days = sum(1 << n for n, code in enumerate(WEEK) if any(code in each.byday for each in regular))
    return moments, days if regular else None


def _hours(row: list[Any]) -> Hours:
    opens, closes, *texts = row
    freq, byday, bymonthday, byweekno, byyearday, interval, count, wkst, *rest = texts
    dtstart, until, valid_from, valid_to, timezone, holiday, closed, every_year, words = rest
    days = [date.fromisoformat(each) if each else None for each in (dtstart, until, valid_from, valid_to)]
    return Hours(
        opens_at=time.fromisoformat(opens) if opens else None,
        closes_at=time.fromisoformat(closes) if closes else None,
        freq=freq,
        byday=byday,
        bymonthday=bymonthday,
        byweekno=byweekno,
        byyearday=byyearday,
        interval=interval,
        count=count,
        wkst=wkst,
        dtstart=days[0],
        until=days[1],
        valid_from=days[2],
        valid_to=days[3],
        timezone=timezone,
        holiday=holiday,
        closed=closed,
        yearly=(every_year["from"], every_year["to"]) if isinstance(every_year, dict) else None,
        words=words.strip(),
    )
