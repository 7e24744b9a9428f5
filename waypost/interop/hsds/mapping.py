"""Mapping files: which column of a table of any shape is which field of HSDS (docs/reference/mapping.md).

The format is that of Open Referral's hsds-transformer (YAML), and the same as JSON.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from waypost.directory.hsds import TABLES
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.names import column_name, known_columns, stem, table_of

MAX_MAPPING = 1_000_000
MAX_TARGETS = 5000
HOURS = "hours_of_operation"
ANY_FILE = "*"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a value goes. ``fixed``: what the model's name adds; ``split``: what divides several values."""

    model: str
    table: str
    column: str
    fixed: dict[str, Any] = field(default_factory=dict)
    required: bool = False
    append: bool = False
    split: str = ""
    key: tuple[str, str] | None = None  # (reference column, column of the sheet that holds its value)

    @property
    def group(self) -> str:
        """What is put together in one row: a table, or one of the older tables that 3.2 folds into it."""
        return self.model if self.fixed else self.table

    @property
    def is_reference(self) -> bool:
        """Whether the value names another row instead of saying something."""
        return (
            not self.split and self.column.endswith("_id") and self.column not in TABLES[self.table].columns
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table's columns, by the spelling of ``column_name``, and values that every row has."""

    columns: dict[str, tuple[Target, ...]]
    constants: tuple[tuple[Target, str], ...] = ()

    def targets(self) -> Iterator[Target]:
        """All targets, in the order of the file."""
        for found in self.columns.values():
            yield from found
        yield from (target for target, _ in self.constants)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Sheets by the stem of the file's name; '*' stands for every file that is not named."""

    sheets: dict[str, Sheet]

    def sheet(self, name: str) -> Sheet | None:
        """What the mapping says of this file."""
        return self.sheets.get(stem(name)) or self.sheets.get(ANY_FILE)

    def covers(self, name: str) -> bool:
        """Whether it says anything of this file."""
        return self.sheet(name) is not None


class _Plain(yaml.SafeLoader):
    """YAML without aliases: a few lines of them could stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise Unreadable("The mapping file uses aliases (*name), which Waypost does not read.")
        return super().compose_node(parent, index)


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises Unreadable with a plain message."""
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_MAPPING + 1)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror or error}.") from None
    return parse_mapping(data, path.name)


def load_body(data: bytes, name: str = "The mapping") -> dict[str, Any]:
    """What a mapping's text says of each file, YAML or JSON, unchecked. Raises Unreadable."""
    if len(data) > MAX_MAPPING:
        raise Unreadable(f"{name} is too large for a mapping file.")
    try:
        text = data.decode("utf-8-sig")
        is_json = text.lstrip()[:1] == "{"
        body = json.loads(text) if is_json else yaml.load(text, Loader=_Plain)  # noqa: S506 - a SafeLoader
    except (ValueError, yaml.YAMLError, RecursionError):
        raise Unreadable(f"{name} is neither YAML nor JSON.") from None
    files = body.get("files", body) if isinstance(body, dict) else None
    if not isinstance(files, dict) or not files:
        raise Unreadable(f"{name} names no files.")
    return files


def parse_mapping(data: bytes, name: str = "The mapping") -> Mapping:
    """A mapping from its text, YAML or JSON. Raises Unreadable with a plain message."""
    files = load_body(data, name)
    sheets = {
        ANY_FILE if key == ANY_FILE else stem(str(key)): _sheet(str(key), value)
        for key, value in files.items()
    }
    if sum(1 for sheet in sheets.values() for _ in sheet.targets()) > MAX_TARGETS:
        raise Unreadable(f"{name} names more than {MAX_TARGETS} fields.")
    return Mapping(sheets)


def _sheet(name: str, given: Any) -> Sheet:
    columns = given.get("columns", given) if isinstance(given, dict) else None
    if not isinstance(columns, dict) or not columns:
        raise Unreadable(f"The mapping of {name} names no columns.")
    constants = given.get("constants", []) if "columns" in given else []
    if not isinstance(constants, list):
        raise Unreadable(f"The constants of {name} are not a list.")
    return Sheet(
        {
            column_name(str(heading)): tuple(
                _target(f"{name}, {heading}", each)
                for each in (found if isinstance(found, list) else [found])
            )
            for heading, found in columns.items()
        },
        tuple((_target(f"{name}, constants", each), str(each.get("value", ""))) for each in constants),
    )


def _target(where: str, given: Any) -> Target:
    if not isinstance(given, dict) or not given.get("model") or not given.get("field"):
        raise Unreadable(f"The mapping of {where} needs a model and a field.")
    model, column = stem(str(given["model"])), str(given["field"])
    found = table_of(model) or table_of(f"{model}es") or table_of(f"{model}s")
    if found is None:
        raise Unreadable(f"The mapping of {where} names the model {model}, which HSDS does not have.")
    table, fixed = found
    if column not in known_columns(table) and (table, column) != ("schedules", HOURS):
        raise Unreadable(f"The mapping of {where} names the field {column}, which {table} does not have.")
    split = str(given.get("split", "," if table == "service_at_locations" and column != "id" else ""))
    return Target(
        model,
        table,
        column,
        fixed,
        given.get("required") is True,
        given.get("append") is True,
        split,
        _key(given),
    )


def _key(given: dict[str, Any]) -> tuple[str, str] | None:
    name, value = given.get("foreign_key_name"), given.get("foreign_key_value")
    return (str(name), column_name(str(value))) if name and value else None
