"""What an import would do, in plain words: what columns hold, the first rows, what would change."""

from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.hsds import ORDER
from waypost.directory.selectors import need_category_name
from waypost.interop.hsds.names import table_of
from waypost.interop.imports.fields import FIELDS
from waypost.web.hours_words import ORDINALS
from waypost.web.upkeep.imports_words import table_name
from waypost.web.upkeep.source_words import name_of_field

FIRST_COLUMNS = 6
LONGEST = 300
INNER = ("coordinates_status", "link_entity", "extent_type")  # say nothing to whoever looks
_LABELS = {(found[0], each.name): each.label for each in FIELDS if (found := table_of(each.model))}
_NAMES: dict[str, str | Promise] = {
    "id": gettext_lazy("Its number in the feed"),
    "number": gettext_lazy("Number"),
    "extension": gettext_lazy("Extension"),
    "type": gettext_lazy("Kind"),
    "address_1": gettext_lazy("Street"),
    "address_2": gettext_lazy("Second line of the address"),
    "city": gettext_lazy("City"),
    "region": gettext_lazy("County or region"),
    "state_province": gettext_lazy("State"),
    "postal_code": gettext_lazy("ZIP code"),
    "country": gettext_lazy("Country"),
    "address_type": gettext_lazy("Kind of address"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "byday": gettext_lazy("Days"),
    "freq": gettext_lazy("How often"),
    "opens_at": gettext_lazy("Opens at"),
    "closes_at": gettext_lazy("Closes at"),
    "valid_from": gettext_lazy("From"),
    "valid_to": gettext_lazy("Until"),
    "closed": gettext_lazy("Closed"),
    "holiday": gettext_lazy("Holiday"),
    "document": gettext_lazy("Document"),
    "value": gettext_lazy("Category or keyword"),
    "link_type": gettext_lazy("Kind"),
    "organization_id": gettext_lazy("The organization it belongs to"),
    "service_id": gettext_lazy("The service it belongs to"),
    "location_id": gettext_lazy("The place it belongs to"),
    "service_at_location_id": gettext_lazy("The service at a place it belongs to"),
    "parent_organization_id": gettext_lazy("The organization above it"),
    "program_id": gettext_lazy("The program it belongs to"),
    "contact_id": gettext_lazy("The contact it belongs to"),
    "phone_id": gettext_lazy("The phone it belongs to"),
    "taxonomy_term_id": gettext_lazy("The term of a taxonomy"),
    "hours_of_operation": gettext_lazy("Hours"),
}
_VALUES: dict[tuple[str, str], str | Promise] = {
    ("status", "active"): gettext_lazy("offered"),
    ("status", "inactive"): gettext_lazy("not offered now"),
    ("status", "defunct"): gettext_lazy("not offered any more"),
    ("status", "temporarily closed"): gettext_lazy("closed for a while"),
    ("freq", "DAILY"): gettext_lazy("every day"),
    ("freq", "WEEKLY"): gettext_lazy("every week"),
    ("freq", "MONTHLY"): gettext_lazy("every month"),
    ("freq", "YEARLY"): gettext_lazy("every year"),
    ("location_type", "physical"): gettext_lazy("a place to go to"),
    ("location_type", "postal"): gettext_lazy("an address for letters"),
    ("location_type", "virtual"): gettext_lazy("on the web or by phone"),
}
_DAYS = {code: WEEKDAYS[number] for number, code in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}


def field_words(name: str) -> str:
    """A field of HSDS as people call it."""
    return str(_NAMES[name]) if name in _NAMES else name_of_field(name)


def value_words(name: str, value: object) -> str:
    """What a field says, with codes in words."""
    if value in (None, "", [], {}):
        return ""
    if value is True or value == "True":
        return _("yes")
    parts = [str(each) for each in value] if isinstance(value, list) else str(value).split(", ")
    if name == "need_categories":
        return ", ".join(need_category_name(each) for each in parts)
    if name == "byday":
        return ", ".join(_day(each) for part in parts for each in part.split(","))
    return str(_VALUES.get((name, str(value)), ", ".join(parts)))[:LONGEST]


def _day(code: str) -> str:
    which, day = code[:-2], _DAYS.get(code[-2:])
    if day is None:
        return code
    return f"{ORDINALS.get(which, which)} {day}".strip()


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of a file, what it is taken for, and a few of its values."""

    heading: str
    means: str
    hsds: str
    samples: list[str]


def columns(report: dict[str, Any]) -> list[tuple[str, list[ColumnRow]]]:
    """Each table of the files with its columns."""
    return [
        (
            table["name"],
            [
                ColumnRow(heading, " · ".join(map(_means, goes)), ", ".join(goes), samples)
                for heading, goes, samples in table["columns"]
            ],
        )
        for table in report.get("columns", [])
    ]


def _means(goes: str) -> str:
    table, _dot, name = goes.partition(".")
    known = _LABELS.get((table, name))
    return str(known) if known else f"{table_name(table)}: {field_words(name)}"


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first rows of a table as they would stand in the directory; columns by name and HSDS name."""

    name: str
    columns: list[tuple[str, str]]
    rows: list[list[str]]


def first_rows(report: dict[str, Any]) -> list[FirstRows]:
    """Services first; the columns that say most."""
    found = report.get("first", {})
    order = ["services", "organizations", "locations", *(each.name for each in ORDER)]
    tables = []
    for table in dict.fromkeys(order):
        rows = found.get(table) or []
        names = list(dict.fromkeys(name for row in rows for name in row if not name.endswith("_id")))
        names = [name for name in names if name not in INNER]
        names.sort(key=lambda name: (name != "name", -sum(bool(row.get(name)) for row in rows)))
        chosen = names[:FIRST_COLUMNS]
        if rows and chosen:
            lines = [[value_words(name, row.get(name, "")) for name in chosen] for row in rows]
            heads = [(field_words(name), f"{table}.{name}") for name in chosen]
            tables.append(FirstRows(table_name(table), heads, lines))
    return tables


def examples(report: dict[str, Any]) -> list[dict[str, str]]:
    """Fields that would say something else."""
    return [
        {
            "table": table_name(each["table"]),
            "title": each["title"],
            "field": field_words(name),
            "before": value_words(name, each["before"].get(name)),
            "after": value_words(name, value),
        }
        for each in report.get("examples", [])
        for name, value in each["after"].items()
        if name not in ("extra", "source_id")
    ]
