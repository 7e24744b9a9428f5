"""JSON Schemas of the objects that the API answers, made from the same tables as the objects themselves."""

from typing import Any

from waypost.directory.hsds import MOMENT, ORDER, TABLES, Table
from waypost.interop.hsds.bundle import INSIDE, ONE, WITHOUT_ATTRIBUTES
from waypost.interop.hsds.publish import BEYOND, PROFILE_KEY
from waypost.interop.hsds.standard import ENUMS, FORMATS, REQUIRED, REQUIRED_INSIDE, is_number

Schema = dict[str, Any]
UUID_TEXT: Schema = {"type": "string", "format": "uuid"}
BESIDE: Schema = {
    "type": "object",
    "description": "What this installation adds to the standard; see the profile.",
}


def name_of(table: str) -> str:
    """'service_at_locations' is ServiceAtLocation."""
    return "".join(part.title() for part in TABLES[table].singular.split("_"))


def schemas() -> dict[str, Schema]:
    """A schema for each table, by its name; they refer to one another below ``#/components/schemas``."""
    return {name_of(table.name): _schema(table) for table in ORDER}


def ref(table: str) -> Schema:
    """A reference to the schema of a table."""
    return {"$ref": f"#/components/schemas/{name_of(table)}"}


def _schema(table: Table) -> Schema:
    properties: dict[str, Schema] = {"id": UUID_TEXT}
    properties |= {each.column: UUID_TEXT for each in table.references}
    if table.link:
        properties[table.link[0]] = UUID_TEXT
    properties |= {column: _column(table, column) for column in table.columns}
    for column in [column for column in properties if (table.name, column) in BEYOND]:
        del properties[column]
    properties |= {name: ref(target) for name, (_, target) in ONE.get(table.name, {}).items()}
    inside = INSIDE.get(table.name, {}) | _about(table)
    properties |= {name: {"type": "array", "items": ref(target)} for name, (target, _) in inside.items()}
    if table.name == "organizations":
        properties["services"] = {"type": "array", "items": ref("services")}
    if table.name == "services":
        properties["operating_hours"] = properties["schedules"]
        properties["service_capacities"] = {"type": "array", "items": {"type": "object"}}
    properties[PROFILE_KEY] = BESIDE
    required = ["id", *REQUIRED.get(table.name, ()), *REQUIRED_INSIDE.get(table.name, ())]
    return {"type": "object", "required": required, "properties": properties}


def _about(table: Table) -> dict[str, tuple[str, str]]:
    found = {} if table.name in WITHOUT_ATTRIBUTES else {"attributes": ("attributes", "link_id")}
    return found if table.name == "metadata" else found | {"metadata": ("metadata", "resource_id")}


def _column(table: Table, column: str) -> Schema:
    key = (table.name, column)
    if is_number(*key):
        return {"type": "number"}
    found: Schema = {"type": "string"}
    if key in ENUMS:
        found["enum"] = list(ENUMS[key])
    if key in FORMATS:
        found["format"] = FORMATS[key]
    if table.columns[column] == MOMENT:
        found["format"] = "date-time"
    return found
