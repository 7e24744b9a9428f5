"""Whether files are good HSDS 3.2, in words: what the standard asks of values, and nothing beyond it.

The importer takes far more than this lets pass; this is for those who publish.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from waypost.directory.hsds import DATE, MOMENT, TABLES, TEXT
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.files import collect
from waypost.interop.hsds.objects import read_objects
from waypost.interop.hsds.publish import BEYOND
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow
from waypost.interop.hsds.standard import (
    ENUMS,
    FORMATS,
    NUMBERS_AS_TEXT,
    REQUIRED,
    REQUIRED_IN_TABLES,
    fits,
    is_number,
    is_uri,
)
from waypost.interop.hsds.streams import FeedFile
from waypost.interop.hsds.tabular import read_table
from waypost.interop.hsds.values import read_moment

LARGEST_PAGE = 50_000_000  # bytes; a larger file is no page of an API
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ENVELOPE = {
    "total_items": int, "total_pages": int, "page_number": int, "size": int,
    "first_page": bool, "last_page": bool, "empty": bool,
}  # fmt: skip
_ABOUT = ("version", "profile", "openapi_url")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where; ``row`` counts as the importer does."""

    file: str
    table: str
    row: int
    rule: str
    words: str


@dataclass(slots=True)
class Checked:
    """How many rows were looked at in each table, and what is wrong."""

    rows: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def check_feed(paths: Iterable[Path]) -> Checked:
    """Check the files as one package. Raises Unreadable when there is nothing to look at."""
    checked = Checked()
    ids: dict[str, set[str]] = {}
    named: list[tuple[Fault, str, str]] = []
    for path in paths:
        for feed_file in collect(path).files:
            for row in _rows(feed_file, checked):
                _row(row, checked, ids, named)
    checked.faults += [fault for fault, table, given in named if given not in ids.get(table, set())]
    if not checked.rows and not checked.faults:
        raise Unreadable("There are no rows of Human Services Data in this.")
    return checked


def _rows(feed_file: FeedFile, checked: Checked) -> Iterator[RawRow]:
    name = feed_file.name
    if feed_file.path.suffix.lower() in (".json", ".ndjson", ".jsonl"):
        value = _page(feed_file)
        if value is not None:
            checked.faults += list(_envelope(name, value))
            if _is_about(value):
                checked.rows["api"] += 1
                return
        yield from chain.from_iterable(read_objects(name, feed_file.pieces))
        return
    table = read_table(feed_file.path.name, feed_file.pieces())
    if table is None:
        checked.faults.append(Fault(name, "", 0, "unknown_file", "This is no table of the standard."))
        return
    yield from table


def _page(feed_file: FeedFile) -> dict[str, Any] | None:
    data = feed_file.sniff(LARGEST_PAGE + 1)
    if len(data) > LARGEST_PAGE:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_about(value: dict[str, Any]) -> bool:
    return "version" in value and "id" not in value and any(name in value for name in _ABOUT[1:])


def _envelope(file: str, value: dict[str, Any]) -> Iterator[Fault]:
    """The page of a list, and the first page of an API."""
    if isinstance(value.get("contents"), list):
        if "empty" not in value:
            yield Fault(file, "", 0, "missing_value", "The page does not say whether it is empty.")
        for name, kind in _ENVELOPE.items():
            given = value.get(name)
            if name in value and (not isinstance(given, kind) or (kind is int and isinstance(given, bool))):
                words = "true or false" if kind is bool else "a whole number"
                yield Fault(file, "", 0, "wrong_type", f"{name} of the page must be {words}.")
    elif _is_about(value):
        for name in _ABOUT[1:]:
            if name in value and not is_uri(str(value[name])):
                yield Fault(
                    file, "api", 0, "not_a_uri", f"{name} {_shown(value[name])} is not an absolute URI."
                )


def _row(
    row: RawRow, checked: Checked, ids: dict[str, set[str]], named: list[tuple[Fault, str, str]]
) -> None:
    def say(rule: str, words: str) -> Fault:
        return Fault(row.file, row.table, row.number, rule, words)

    checked.rows[row.table] += 1
    if row.problem:
        checked.faults.append(say(*row.problem))
        return
    if row.table == UNKNOWN_TABLE:
        return
    checked.faults += [say(rule, words) for rule, words in _values(row)]
    given = row.values.get("id")
    if row.nested or given in (None, ""):
        return
    held = ids.setdefault(row.table, set())
    if str(given) in held:
        checked.faults.append(say("duplicate_id", f"The id {_shown(given)} came before."))
    held.add(str(given))
    for reference in TABLES[row.table].references:
        target = row.values.get(reference.column)
        if target not in (None, ""):
            words = f"{reference.column} {_shown(target)} is not in {reference.table}."
            named.append((say("missing_reference", words), reference.table, str(target)))


def _values(row: RawRow) -> Iterator[tuple[str, str]]:
    spec = TABLES[row.table]
    needed = ["id", *REQUIRED.get(row.table, ())]
    if not row.nested:
        needed += REQUIRED_IN_TABLES.get(row.table, ())
    elif row.table == "service_capacities" and "unit_id" not in row.parents:
        yield "missing_value", "unit is missing."
    for column in needed:
        # JSON asks that a property is there, an empty text included; a cell must not be empty
        empty = (None,) if row.nested else (None, "")
        if row.values.get(column) in empty and column not in row.parents:
            yield "missing_value", f"{column} is missing."
    references = {each.column for each in spec.references} | {"id", *(spec.link or ())[:1]}
    for column, value in row.values.items():
        if value in (None, "") or (row.table, column) in BEYOND:
            continue
        if column in references:
            if not _is_uuid(value):
                yield "not_a_uuid", f"{column} {_shown(value)} is not a UUID."
        elif column in spec.columns:
            yield from _value(row, column, value)


def _value(row: RawRow, column: str, value: Any) -> Iterator[tuple[str, str]]:
    kind, key = TABLES[row.table].columns[column], (row.table, column)
    if is_number(*key):
        if not _is_number(value, row.nested):
            yield "wrong_type", f"{column} {_shown(value)} is not a number."
        return
    if kind not in (DATE, MOMENT, TEXT) or not isinstance(value, str):
        if not isinstance(value, str):
            yield "wrong_type", f"{column} {_shown(value)} is not a text."
        return
    if kind == MOMENT and (read_moment(value) is None or "T" not in value.upper()):
        yield "not_a_moment", f"{column} {_shown(value)} is not a moment such as 2026-11-01T09:00:00Z."
    if kind == DATE and not row.nested and not _DAY.fullmatch(value):
        yield "not_a_day", f"{column} {_shown(value)} is not a day such as 2026-11-01."
    if key in NUMBERS_AS_TEXT or fits(row.table, column, value):
        return
    if key in ENUMS:
        yield "not_in_list", f"{column} {_shown(value)} is none of {', '.join(ENUMS[key])}."
    else:
        what = "an absolute URI" if FORMATS[key] == "uri" else "an e-mail address"
        yield (
            f"not_{'a_uri' if FORMATS[key] == 'uri' else 'an_email'}",
            f"{column} {_shown(value)} is not {what}.",
        )


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(str(UUID(value))) == len(value)
    except ValueError:
        return False


def _is_number(value: Any, nested: bool) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or (not nested and bool(_NUMBER.fullmatch(str(value))))


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:80]
