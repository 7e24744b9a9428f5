"""What the JSON Schemas of HSDS 3.2 ask of single values: what must be there, formats, closed lists, numbers.

Source: Human Services Data Specification 3.2.3, schema/*.json and the tabular ``datapackage.json``. A test
compares this with the schemas. No Django here.
"""

import re
from collections.abc import Mapping

from waypost.directory.hsds import DATE, INTEGER, MOMENT, NUMBER, TABLES, TIME

HSDS_VERSION = "3.2"

# Besides the id: what a row must have, in JSON as in tables.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "addresses": ("address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "locations": ("location_type",),
    "metadata": (
        "last_action_date",
        "last_action_type",
        "field_name",
        "previous_value",
        "replacement_value",
        "updated_by",
    ),
    "organizations": ("name", "description"),
    "organization_identifiers": ("identifier_type", "identifier"),
    "phones": ("number",),
    "programs": ("name", "description"),
    "services": ("name", "status"),
    "service_capacities": ("available", "updated"),
    "taxonomies": ("name", "description"),
    "taxonomy_terms": ("name", "description"),
    "units": ("name",),
    "urls": ("url",),
}

# In tables a row must say as well to what it belongs; in JSON it lies inside.
REQUIRED_IN_TABLES: Mapping[str, tuple[str, ...]] = {
    "attributes": ("link_id", "taxonomy_term_id", "link_entity"),
    "cost_options": ("service_id",),
    "metadata": ("resource_id", "resource_type"),
    "organization_identifiers": ("organization_id",),
    "programs": ("organization_id",),
    "service_at_locations": ("service_id", "location_id"),
    "service_capacities": ("unit_id", "service_id"),
    "services": ("organization_id",),
}
REQUIRED_INSIDE: Mapping[str, tuple[str, ...]] = {"service_capacities": ("unit",)}

URI, EMAIL = "uri", "email"
FORMATS: Mapping[tuple[str, str], str] = {
    ("accessibility", "url"): URI,
    ("contacts", "email"): EMAIL,
    ("locations", "url"): URI,
    ("organizations", "email"): EMAIL,
    ("organizations", "website"): URI,
    ("organizations", "uri"): URI,
    ("required_documents", "uri"): URI,
    ("schedules", "schedule_link"): URI,
    ("services", "url"): URI,
    ("services", "email"): EMAIL,
    ("services", "assurer_email"): EMAIL,
    ("taxonomies", "uri"): URI,
    ("taxonomy_terms", "term_uri"): URI,
    ("units", "uri"): URI,
    ("urls", "url"): URI,
}

PLACES = ("physical", "postal", "virtual")
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
ENUMS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("addresses", "address_type"): PLACES,
    ("locations", "location_type"): PLACES,
    ("schedules", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    ("schedules", "freq"): ("WEEKLY", "MONTHLY"),
    ("services", "status"): STATUSES,
}

# Numbers in the JSON of 3.2 that our tables keep as they were written.
NUMBERS_AS_TEXT = frozenset(
    {
        ("phones", "extension"),
        ("schedules", "timezone"),
        ("locations", "latitude"),
        ("locations", "longitude"),
    }
)

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//[^\s/?#<>\"{}|\\^`@]+([/?#]|$))?[^\s<>\"{}|\\^`]*")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9-]+)+"
)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?")
_AUTHORITY = ("http:", "https:", "ftp:")


def is_number(table: str, column: str) -> bool:
    """Whether JSON of 3.2 has a number here."""
    return (table, column) in NUMBERS_AS_TEXT or TABLES[table].columns.get(column) in (INTEGER, NUMBER)


def is_dated(table: str, column: str) -> bool:
    """Whether this is a day, a moment or a time of day."""
    return TABLES[table].columns.get(column) in (DATE, MOMENT, TIME)


def fits(table: str, column: str, value: str) -> bool:
    """Whether a text that is not empty may stand in this column, as the JSON Schemas have it."""
    if (table, column) in ENUMS:
        return value in ENUMS[table, column]
    if (table, column) in NUMBERS_AS_TEXT:
        return _NUMBER.fullmatch(value) is not None
    kind = FORMATS.get((table, column))
    if kind == URI:
        return is_uri(value)
    return kind != EMAIL or is_email(value)


def is_uri(value: str) -> bool:
    """Whether this is an absolute URI (RFC 3986) in ASCII."""
    if not value.isascii() or not _URI.fullmatch(value) or re.search(r"%(?![0-9A-Fa-f]{2})", value):
        return False
    return "://" in value or not value.lower().startswith(_AUTHORITY)


def is_email(value: str) -> bool:
    """Whether this is an e-mail address such as schemas take (RFC 5321)."""
    local, _, _ = value.rpartition("@")
    return (
        bool(_EMAIL.fullmatch(value)) and ".." not in local and not local.startswith(".") and local[-1] != "."
    )
