"""The names under which feeds keep the tables and columns of HSDS, from Ohana's 1.0 to 3.2."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from waypost.directory.hsds import TABLES

# File or property name to (table, columns that the name itself says).
_ALIASES: dict[str, tuple[str, dict[str, Any]]] = {
    "services_at_location": ("service_at_locations", {}),
    "services_at_locations": ("service_at_locations", {}),
    "physical_addresses": ("addresses", {"address_type": "physical"}),
    "postal_addresses": ("addresses", {"address_type": "postal"}),
    "mail_addresses": ("addresses", {"address_type": "postal"}),
    "regular_schedules": ("schedules", {}),
    "regular_schedule": ("schedules", {}),
    "holiday_schedules": ("schedules", {"holiday": True}),
    "holiday_schedule": ("schedules", {"holiday": True}),
    "accessibility_for_disabilities": ("accessibility", {}),
    "fees": ("cost_options", {}),
    "taxonomy": ("taxonomy_terms", {}),
    "service_taxonomy": ("attributes", {"link_entity": "service", "link_type": "taxonomy"}),
    "services_taxonomy": ("attributes", {"link_entity": "service", "link_type": "taxonomy"}),
    "service_taxonomies": ("attributes", {"link_entity": "service", "link_type": "taxonomy"}),
    "service_attributes": ("attributes", {"link_entity": "service"}),
    "other_attributes": ("attributes", {}),
    "link_taxonomies": ("attributes", {}),
    "link_taxonomys": ("attributes", {}),
    "eligibility": ("attributes", {"link_entity": "service", "link_type": "eligibility"}),
    "eligibilities": ("attributes", {"link_entity": "service", "link_type": "eligibility"}),
    "eligibilitys": ("attributes", {"link_entity": "service", "link_type": "eligibility"}),
    "payments_accepted": ("attributes", {"link_entity": "service", "link_type": "payments_accepted"}),
    "payment_accepted": ("attributes", {"link_entity": "service", "link_type": "payments_accepted"}),
}
for _table in TABLES.values():
    for _name in (_table.name, _table.singular, f"{_table.singular}s"):
        _ALIASES.setdefault(_name, (_table.name, {}))

# Columns that other versions call otherwise. A value goes there only when the column itself is empty.
COLUMN_ALIASES: dict[str, dict[str, str]] = {
    "organizations": {"url": "website", "alternative_name": "alternate_name"},
    "services": {
        "website": "url",
        "eligibility": "eligibility_description",
        "alternative_name": "alternate_name",
    },
    "locations": {"website": "url", "alternative_name": "alternate_name"},
    "phones": {"number_type": "type", "phone_number": "number"},
    "addresses": {
        "street": "address_1",
        "street_address": "address_1",
        "street_address_1": "address_1",
        "street_address_2": "address_2",
        "address": "address_1",
        "state": "state_province",
        "zip": "postal_code",
        "zip_code": "postal_code",
        "zipcode": "postal_code",
        "postcode": "postal_code",
    },
    "schedules": {
        "weekday": "byday",
        "days": "byday",
        "day": "byday",
        "day_of_week": "byday",
        "days_of_week": "byday",
        "start_time": "opens_at",
        "open_time": "opens_at",
        "time_open": "opens_at",
        "end_time": "closes_at",
        "close_time": "closes_at",
        "time_close": "closes_at",
        "start_date": "valid_from",
        "end_date": "valid_to",
        "original_text": "description",
    },
    "service_areas": {"service_area": "name"},
    "languages": {"language": "name"},
    "accessibility": {"accessibility": "description"},
    "required_documents": {"name": "document"},
    "cost_options": {"fee": "amount_description", "fees": "amount_description"},
    "taxonomy_terms": {"vocabulary": "taxonomy"},
    "attributes": {
        "service_id": "link_id",
        "eligibility": "value",
        "payment": "value",
        "taxonomy_detail": "value",
        "taxonomy_id": "taxonomy_term_id",
    },
}

for _table in TABLES.values():
    if "name" in _table.columns:
        COLUMN_ALIASES.setdefault(_table.name, {}).setdefault(f"{_table.singular}_name", "name")

# 'services (1)' is how browsers save what they have saved before.
_COPY = re.compile(
    r"[ _-]*(\(\d{1,3}\)|copy|copia|mended)$"
)  # 'services (1)', as browsers save a second time

MOST_ABOVE = 20  # lines of a table among which its headings are looked for
DATA_SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl")
DESCRIPTIONS = ("datapackage.json", "package.json", "schema.json", "table-schema.json")
_FEED_WORDS = (b'"id"', b'"name"', b'"hsds"', b'"organizations', b'"services', b'"locations', b'"contents"')


def stem(name: str) -> str:
    """A file's or a key's name without its ending, in the spelling of table names."""
    plain = PurePosixPath(name).name.lower()
    for suffix in DATA_SUFFIXES:
        plain = plain.removesuffix(suffix)
    return _COPY.sub("", plain).strip().replace("-", "_").replace(" ", "_")


def table_of(name: str, header: Iterable[str] = ()) -> tuple[str, dict[str, Any]] | None:
    """The table that goes by this name, and what the name adds to each row."""
    found = _ALIASES.get(stem(name))
    columns = set(header)
    if found and stem(name) == "taxonomy" and "version" in columns and "parent_id" not in columns:
        return "taxonomies", {}
    return found


def column_name(cell: str) -> str:
    """A heading in the spelling of columns: 'Phone Number' is phone_number."""
    return "_".join(cell.strip().strip("\ufeff\"'").strip(" #*:.").lower().replace("-", " ").split())


def own_id(table: str) -> str:
    """How some feeds call the column "id": service_id among services."""
    return f"{TABLES[table].singular}_id"


def known_columns(table: str) -> set[str]:
    """Every column name that some version of HSDS has in this table."""
    spec = TABLES[table]
    return (
        {"id", own_id(table)}
        | set(spec.columns)
        | {each.column for each in spec.references}
        | set(spec.link or ())
        | set(COLUMN_ALIASES.get(table, {}))
    )


def is_data_name(name: str) -> bool:
    """Whether a file of this name may hold rows."""
    return name.lower().endswith(DATA_SUFFIXES) and name.lower() not in DESCRIPTIONS


def is_table_name(name: str, start: bytes) -> bool:
    """Whether this is a table of HSDS: by its name, and by a header that shares columns with it."""
    found = table_of(name)
    if found is None:
        return False
    lines = start.replace(b"\x00", b"").replace(b"\r", b"\n").split(b"\n")[:MOST_ABOVE]
    return not start.strip() or any(_is_heading(line, found[0]) for line in lines)


def _is_heading(line: bytes, table: str) -> bool:
    """Two columns as the standard spells them; or in words for people, with all that a row must have."""
    known, spec = known_columns(table), TABLES[table]
    words = line.decode("latin-1").lower().strip("ï»¿ÿþ")
    plain = {cell.strip().strip('"ï»¿ÿþ') for cell in re.split(r"[,;\t|]", words)}
    if len(plain & (known - {own_id(table)})) > 1:
        return True
    read = {column_name(cell) for cell in plain}
    aliases = COLUMN_ALIASES.get(table, {})
    needed = all(any(column in (each, aliases.get(each)) for each in read) for column in spec.required)
    return needed and bool(spec.required) and len(read & known) > 1


def looks_like_json_feed(start: bytes) -> bool:
    """Whether the beginning of a JSON file speaks of things that HSDS knows."""
    described = any(word in start for word in (b'"resources"', b'"$schema"', b'"$id"', b'"openapi"'))
    return not described and any(word in start for word in _FEED_WORDS)
