"""A row of the directory as a flat object of HSDS: typed as the standard has it, nothing invented.

A value that the standard's types, formats or closed lists cannot hold is left out (or, where a value is
required, replaced by the nearest one that can stand there) and kept as it is under ``waypost.columns``.
What the standard has no place for is under ``waypost`` too: see docs/reference/hsds-profile.md.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from waypost.directory.hsds import DATE, TABLES, TEXT
from waypost.directory.selectors.open_rows import OpenRow, columns_of
from waypost.interop.hsds.standard import ENUMS, FORMATS, NUMBERS_AS_TEXT, REQUIRED, URI, fits, is_uri

PROFILE_KEY = "waypost"
BEYOND = frozenset({("schedules", "holiday"), ("schedules", "closed"), ("addresses", "organization_id")})
INSTEAD = {
    ("services", "status"): "active",
    ("locations", "location_type"): "physical",
    ("addresses", "address_type"): "physical",
}
NAMED = frozenset({"organizations", "programs", "services", "locations", "service_at_locations", "taxonomies",
                   "taxonomy_terms"})  # fmt: skip
_VERIFICATION = ("confirmed_on", "confirmed_how", "contact_confirmed_on")
_CAPACITY = {"capacity_status": "status", "capacity_changed_at": "changed_at", "capacity_until": "until"}

Object = dict[str, Any]


def flat(table: str, row: OpenRow, *, whole: bool = False) -> Object:
    """The row with its own columns and references; columns without a value are absent.

    ``whole``: with what the feed said beyond the standard, for files from which nothing may be missing.
    """
    given: Object = {}
    kept: Object = {}
    for column in columns_of(table):
        value = row[column]
        if (table, column) in BEYOND:
            if value:
                kept[column] = plain(value)
            continue
        if isinstance(value, str) and value:
            _text(table, column, value, given, kept)
        elif value is not None and value != "":
            given[column] = plain(value)
    for column in REQUIRED.get(table, ()):
        if column not in given and TABLES[table].columns[column] in (TEXT, DATE):  # strings in JSON
            given[column] = INSTEAD.get((table, column), "")
            if given[column]:
                kept.setdefault(column, row[column])
    beside = _beside(table, row, kept, whole)
    if beside:
        given[PROFILE_KEY] = beside
    return given


def plain(value: Any) -> Any:
    """A value as JSON has it. Whole numbers stay whole; moments are in UTC, to the millisecond."""
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, time):
        return value.isoformat("seconds")
    return str(value) if isinstance(value, UUID | date) else value


def moment(value: datetime) -> str:
    """RFC 3339 in UTC: '2023-03-15T10:30:45.123Z'."""
    unit = "microseconds" if value.microsecond % 1000 else "milliseconds"
    return value.astimezone(UTC).isoformat(timespec=unit).replace("+00:00", "Z")


def _text(table: str, column: str, value: str, given: Object, kept: Object) -> None:
    if not fits(table, column, value):
        kept[column] = value
        if FORMATS.get((table, column)) == URI and is_uri(f"http://{value}") and "." in value:
            given[column] = f"http://{value}"
        elif table == "urls" and column == "url":
            given[column] = "about:blank"  # required, and there is nothing that could stand for it
        elif (table, column) in ENUMS and (table, column) in INSTEAD:
            given[column] = _nearest(table, column, value)
        return
    if (table, column) in NUMBERS_AS_TEXT:
        given[column] = float(value) if "." in value else int(value)
        if str(given[column]) != value:
            kept[column] = value
        return
    given[column] = value


def _nearest(table: str, column: str, value: str) -> str:
    """The word of a closed list that means what the feed says; else the one that is assumed."""
    words = value.lower().replace("_", " ").replace("-", " ").strip()
    for each in ENUMS[table, column]:
        if words == each:
            return each
    if column == "status" and words in ("closed", "permanently closed"):
        return "defunct"
    if column == "address_type" and words in ("mail", "mailing"):
        return "postal"
    return INSTEAD[table, column]


def _beside(table: str, row: OpenRow, kept: Object, whole: bool) -> Object:
    found: Object = {}
    if kept:
        found["columns"] = kept
    if whole and row["extra"]:
        found["extra"] = row["extra"]
    if table in NAMED and row["feed"]:
        found["source"] = row["feed"]
        for name in ("source_scope", "source_id"):
            if row[name]:
                found[name] = row[name]
        if row["imported_at"]:
            found["imported_at"] = plain(row["imported_at"])
    if table == "services":
        found |= _service(row)
    if whole and table == "schedules":
        found["read"] = True  # these hours need no reading of words any more
    return found


def _service(row: OpenRow) -> Object:
    found: Object = {}
    if row["changed_at"]:
        found["modified_at"] = plain(row["changed_at"])
    if row["need_categories"]:
        found["need_categories"] = list(row["need_categories"])
    if row["how_to_reach"]:
        found["how_to_reach"] = row["how_to_reach"]
    verification = {name: plain(row[name]) for name in _VERIFICATION if row[name]}
    if verification:
        found["verification"] = verification
    if row["capacity_status"] not in ("", None, "unknown"):
        found["capacity"] = {word: plain(row[name]) for name, word in _CAPACITY.items() if row[name]}
    if row["expires_on"]:
        found["expires_on"] = plain(row["expires_on"])
    return found
