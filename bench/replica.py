"""A directory of any size out of the shapes of the real communities: set-based, by the database itself.

The three communities are imported as they are. Then every row of theirs is copied as often as it takes, with
new ids, and each organization of each copy is moved to a ZIP code of the United States drawn by chance (ZIP
codes are many where people are many, so they stand for density), its places a few miles round it. Words,
hours, languages and what a listing does not say keep the frequencies that they really have.
"""

from pathlib import Path
from typing import Any

import psycopg
import zipcodes
from django.db import connection

from tests.relevance.questions import FEEDS
from waypost.directory.findings_sql import sample, side_by_side
from waypost.directory.services import catch_up
from waypost.directory.zips import STATES
from waypost.interop.hsds.importer import import_feed

# Table, and its columns that point to copied rows.
COPIED: dict[str, tuple[str, ...]] = {
    "organization": ("id",),
    "service": ("id", "organization_id"),
    "location": ("id", "organization_id"),
    "serviceatlocation": ("id", "service_id", "location_id"),
    "address": ("id", "location_id"),
    "phone": ("id", "location_id", "service_id", "organization_id", "service_at_location_id"),
    "schedule": ("id", "location_id", "service_id", "service_at_location_id"),
    "language": ("id", "location_id", "service_id"),
    "servicearea": ("id", "service_id", "service_at_location_id"),
    "accessibility": ("id", "location_id"),
    "attribute": ("id", "link_id"),
}
GONE = ("program_id", "parent_organization_id", "contact_id", "merged_into_id", "claimed_by_id")
BATCH = 10  # copies in one statement
# Listings with neither an address nor a point are many only because these feeds are young: most get both.
ENRICH = (
    "UPDATE directory_location SET latitude = 40 + random(), longitude = -83 - random(),"
    " coordinates_status = 'given' WHERE source = 'haarrrvest' AND latitude IS NULL AND random() < 0.85",
    "INSERT INTO directory_address (id, location_id, attention, address_1, address_2, city, region,"
    " state_province, postal_code, country, address_type, source, source_scope, source_id, content_hash,"
    " extra) SELECT gen_random_uuid(), l.id, '', '1 Main St', '', 'Columbus', '', 'OH', '43215', 'US',"
    " 'physical', l.source, '', '', '', '{}' FROM directory_location l WHERE l.source = 'haarrrvest'"
    " AND NOT EXISTS (SELECT 1 FROM directory_address a WHERE a.location_id = l.id)",
    "UPDATE directory_service SET confirmed_on = current_date - (random() * 400)::int,"
    " confirmed_how = 'phone' WHERE random() < 0.1",
    "UPDATE directory_service SET capacity_status ="
    " (ARRAY['accepting', 'waitlist', 'full'])[1 + floor(random() * 3)] WHERE random() < 0.15",
)
# The organization's ZIP in copy k, and a few miles of chance for a place.
SPOT = (
    "(SELECT z FROM bench_zip z"
    " WHERE z.n = abs(hashtextextended({owner}::text, k)) % (SELECT count(*) FROM bench_zip))"
)
SWAY = "(((hashtextextended({place}::text, k + {salt}) & 1023) - 512) / 5000.0)"
CELLS = " || ".join(
    f"ARRAY['c{level}:' || floor({{latitude}} / {size})::int || ':' || floor({{longitude}} / {size})::int]"
    for level, size in enumerate((0.1, 0.5, 2.0, 8.0))
)


def fill(listings: int, data: Path, superuser: str) -> int:
    """Import the communities and copy them until there are about so many findings; how many there are."""
    for source, path in FEEDS.items():
        import_feed([data / "communities" / path], source=source)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        for statement in ENRICH:
            cursor.execute(statement)
    catch_up()
    with psycopg.connect(superuser, autocommit=True) as db:
        return _copy(db, listings)


def _copy(db: psycopg.Connection[Any], listings: int) -> int:
    db.execute("SET session_replication_role = replica")  # neither triggers nor foreign keys: rows are copies
    db.execute("SET synchronous_commit = off")
    db.execute("SET work_mem = '256MB'")
    db.execute("SET maintenance_work_mem = '1GB'")
    db.execute("CREATE TABLE bench_zip (n int PRIMARY KEY, zip text, city text, state text, name text,"
               " latitude float, longitude float)")  # fmt: skip
    known = [
        each for each in zipcodes.list_all() if each["lat"] and each["state"] in STATES and each["active"]
    ]
    with db.cursor() as cursor, cursor.copy("COPY bench_zip FROM STDIN") as out:
        for n, each in enumerate(known):
            state = each["state"]
            out.write_row(
                (n, each["zip_code"], each["city"], state, STATES[state], each["lat"], each["long"])
            )
    db.execute("GRANT SELECT ON bench_zip TO PUBLIC")
    (base,) = db.execute("SELECT count(*) FROM directory_finding").fetchone() or (1,)
    copies = max(0, round(listings / base) - 1)
    indexes = db.execute(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
        " WHERE NOT i.indisunique AND t.relname = ANY(%s)",
        [[f"directory_{each}" for each in (*COPIED, "finding")]],
    ).fetchall()
    for name, _definition in indexes:
        db.execute(f'DROP INDEX "{name}"')
    for table in COPIED:
        db.execute(f"CREATE TEMP TABLE base_{table} AS SELECT * FROM directory_{table}")
    db.execute("CREATE TEMP TABLE base_finding AS SELECT f.*, s.organization_id AS owner"
               " FROM directory_finding f JOIN directory_service s ON s.id = f.service_id")  # fmt: skip
    db.execute("CREATE TEMP TABLE copied AS SELECT * FROM directory_finding")
    db.execute("ALTER TABLE copied DROP COLUMN id")
    for start in range(1, copies + 1, BATCH):
        series = f"generate_series({start}, {min(copies, start + BATCH - 1)}) k"
        for table, keys in COPIED.items():
            _copy_table(db, table, keys, series)
        _copy_findings(db, series)
    db.execute("TRUNCATE directory_finding")
    names = ", ".join(f'"{name}"' for name in _columns(db, "finding") if name != "id")
    db.execute(  # as a night leaves it
        f"INSERT INTO directory_finding ({names}) SELECT {names} FROM copied f"
        f" ORDER BY {side_by_side('f', 'f.service_id')}"
    )
    db.execute("DROP TABLE copied")
    for _name, definition in indexes:
        db.execute(definition)
    db.execute("VACUUM ANALYZE")
    (made,) = db.execute("SELECT count(*) FROM directory_finding").fetchone() or (0,)
    return int(made)


def _columns(db: psycopg.Connection[Any], table: str) -> list[str]:
    rows = db.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
        " ORDER BY ordinal_position",
        [f"directory_{table}"],
    ).fetchall()
    return [row[0] for row in rows]


def _copy_table(db: psycopg.Connection[Any], table: str, keys: tuple[str, ...], series: str) -> None:
    values = {name: f"b.{name}" for name in _columns(db, table)}
    values |= {name: f"md5(b.{name}::text || k)::uuid" for name in keys}
    values |= {name: "NULL" for name in GONE if name in values}
    source = f"base_{table} b"
    if table == "location":
        spot = SPOT.format(owner="coalesce(b.organization_id, b.id)")
        source = f"(SELECT b.*, k, {spot} AS z FROM base_location b, {series}) b"
        values |= {
            "latitude": f"CASE WHEN b.latitude IS NOT NULL THEN (b.z).latitude + {_sway('b.id', 0)} END",
            "longitude": f"CASE WHEN b.longitude IS NOT NULL THEN (b.z).longitude + {_sway('b.id', 1)} END",
        }
    elif table == "address":
        spot = SPOT.format(owner="coalesce(l.organization_id, l.id)")
        source = (
            f"(SELECT b.*, k, {spot} AS z FROM base_address b"
            f" JOIN base_location l ON l.id = b.location_id, {series}) b"
        )
        values |= {"city": "(b.z).city", "state_province": "(b.z).state", "postal_code": "(b.z).zip"}
    else:
        source = f"base_{table} b, {series}"
    if table == "organization":
        values["name"] = "b.name || ' ' || " + SPOT.format(owner="b.id").replace(
            "SELECT z ", "SELECT z.city "
        )
    names = ", ".join(f'"{name}"' for name in values)
    db.execute(f"INSERT INTO directory_{table} ({names}) SELECT {', '.join(values.values())} FROM {source}")


def _sway(place: str, salt: int) -> str:
    return SWAY.format(place=place, salt=salt).replace("k +", "b.k +")


def _copy_findings(db: psycopg.Connection[Any], series: str) -> None:
    """The finding of each copied row as the directory would have made it, with the town where it now is."""
    values = {name: f"b.{name}" for name in _columns(db, "finding") if name != "id"}
    words = "concat_ws(' ', (b.z).city, (b.z).state, (b.z).name, (b.z).zip)"
    town = f"setweight(to_tsvector('waypost_simple', {words}), 'B')"
    latitude = f"((b.z).latitude + {_sway('b.location_id', 0)})"
    longitude = f"((b.z).longitude + {_sway('b.location_id', 1)})"
    cells = CELLS.format(latitude=latitude, longitude=longitude)
    lot = sample("md5(b.service_id::text || b.k)::uuid")
    values |= {
        "service_id": "md5(b.service_id::text || b.k)::uuid",
        "location_id": "md5(b.location_id::text || b.k)::uuid",
        "head": f"CASE WHEN b.location_id IS NULL THEN b.head ELSE b.head || {town} END",
        "document": f"CASE WHEN b.location_id IS NULL THEN b.document ELSE b.document || {town} END",
        "latitude": f"CASE WHEN b.latitude IS NOT NULL THEN {latitude} END",
        "longitude": f"CASE WHEN b.longitude IS NOT NULL THEN {longitude} END",
        "near_latitude": f"CASE WHEN b.near_latitude IS NOT NULL THEN {latitude} END",
        "near_longitude": f"CASE WHEN b.near_longitude IS NOT NULL THEN {longitude} END",
        "state": "CASE WHEN b.state <> '' THEN (b.z).state ELSE '' END",
        "keys": "ARRAY(SELECT v FROM unnest(b.keys) v WHERE v !~ '^(c[0-3]|at|fresh|stale):')"
        f" || CASE WHEN b.latitude IS NOT NULL THEN {cells} ELSE ARRAY[concat_ws(':', 'at',"
        f"      CASE WHEN b.state <> '' THEN (b.z).state ELSE '' END, {lot}::text)] END"
        f" || (SELECT array_agg(split_part(v, ':', 1) || ':' || {lot}) FROM unnest(b.keys) v"
        "       WHERE v ~ '^(fresh|stale):')",
    }
    spot = SPOT.format(owner="coalesce(b.owner, b.service_id)")
    names = ", ".join(f'"{name}"' for name in values)
    db.execute(
        f"INSERT INTO copied ({names}) SELECT {', '.join(values.values())}"
        f" FROM (SELECT b.*, k, {spot} AS z FROM base_finding b, {series}) b"
    )
