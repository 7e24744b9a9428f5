"""A row as found becomes a row with typed columns; what has no column, or cannot be read, is kept beside."""

import json
from dataclasses import dataclass, field
from typing import Any

from waypost.directory.hsds import DATE, FLAG, INTEGER, MOMENT, NUMBER, TABLES, TEXT, TIME, Table
from waypost.interop.hsds import values as read
from waypost.interop.hsds.names import COLUMN_ALIASES, own_id
from waypost.interop.hsds.ours import put_back
from waypost.interop.hsds.records import MAX_FIELD
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.special import finish
from waypost.interop.hsds.text import clean

MAX_ID = 300
_READERS = {
    INTEGER: read.read_integer,
    NUMBER: read.read_number,
    DATE: read.read_date,
    MOMENT: read.read_moment,
    TIME: read.read_time,
    FLAG: read.read_flag,
}
_DIGITS = ("number", "extension", "postal_code")
_EMPTY: dict[str, Any] = {TEXT: "", FLAG: False}


@dataclass(slots=True)
class Normal:
    """Typed columns, references as text, and what has no place in the standard."""

    columns: dict[str, Any] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    as_given: dict[str, Any] = field(default_factory=dict)
    marks: list[tuple[str, str]] = field(default_factory=list)


def normalise(row: RawRow) -> Normal:
    """Read ``row.values``; sets ``row.source_id``, and ``row.problem`` when the row cannot be kept."""
    table = TABLES[row.table]
    normal = Normal(marks=row.marks)
    given = {key: _storable(value, normal, key) for key, value in put_back(row.values).items()}
    row.source_id = _source_id(row, _given_id(table, given))
    _aliases(row.table, given, normal)
    for column, kind in table.columns.items():
        normal.columns[column] = _column(column, kind, given.pop(column, None), normal)
    for column in _reference_columns(table):
        normal.references[column] = _reference(column, given.pop(column, None), normal)
    normal.extra |= {key: value for key, value in given.items() if value not in (None, "", [], {})}
    finish(row.table, normal.columns, normal.extra, normal.as_given, normal.marks)
    if normal.as_given:
        normal.extra["as_given"] = normal.as_given
    _check(row, table, normal)
    return normal


def _storable(value: Any, normal: Normal, key: str) -> Any:
    """Texts without what a database cannot hold, with mojibake repaired, at any depth."""
    if isinstance(value, str):
        cleaned = clean(value)
        if cleaned.rule:
            normal.marks.append((cleaned.rule, _TEXT_REASONS[cleaned.rule].format(key)))
            if cleaned.rule == "repaired_text":
                normal.as_given.setdefault(key, value)
        return cleaned.text.strip()
    if isinstance(value, dict):
        return {clean(str(each)).text: _storable(inner, normal, key) for each, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner, normal, key) for inner in value]
    return value


_TEXT_REASONS = {
    "repaired_text": "{} had been read in a wrong encoding and was repaired; the given text is kept.",
    "doubtful_text": "{} seems to have been read in a wrong encoding and could not be repaired.",
    "broken_characters": "{} holds characters that cannot be read.",
}


def _given_id(table: Table, given: dict[str, Any]) -> Any:
    """What stands under "id"; where nothing does, under the table's own name (service_id among services)."""
    named = given.pop("id", None)
    other = own_id(table.name)
    if named in (None, "") and other not in table.columns and not table.reference(other):
        return given.pop(other, None)
    return named


def _source_id(row: RawRow, given: Any) -> str:
    if given is None or given == "":
        return ""
    if isinstance(given, bool | dict | list) or len(str(given)) > MAX_ID:
        row.problem = row.problem or ("bad_id", "The id is not a short text or a number.")
        return str(given)[:MAX_ID]
    return str(given)


def _aliases(table: str, given: dict[str, Any], normal: Normal) -> None:
    """Columns of other versions go where 3.2 has them, if that is empty and they can be read there."""
    kinds = TABLES[table].columns
    for other, column in COLUMN_ALIASES.get(table, {}).items():
        if (
            other in kinds
            or given.get(other) in (None, "", [], {})
            or given.get(column) not in (None, "", [])
        ):
            continue
        kind = kinds.get(column, TEXT)
        words = _words(given[other])
        if words is None:
            continue
        if column == "byday":
            readable = read.read_days(words) is not None
        else:
            readable = kind == TEXT or _READERS[kind](words) is not None
        if readable:
            given[column] = given.pop(other)


def _words(value: Any) -> str | None:
    """A value as one text, where that loses nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and value and all(isinstance(each, str | int) for each in value):
        return ",".join(str(each) for each in value)
    return None


def _column(column: str, kind: str, given: Any, normal: Normal) -> Any:
    empty = _EMPTY.get(kind)
    if given in (None, "", [], {}):
        return empty
    words = _words(given)
    if words is not None and kind == TEXT:
        return _without_point(words.strip()) if column in _DIGITS else words.strip()
    value = _READERS[kind](words) if words is not None and kind != TEXT else None
    if value is None:
        normal.as_given[column] = given
        shown = json.dumps(given, default=str, ensure_ascii=False)[:80]
        normal.marks.append(("unread_value", f"{column} {shown} could not be read; kept as given."))
        return empty
    if kind == TIME and words is not None and (zone := read.time_zone(words)):
        normal.extra.setdefault("offset", zone)
    return value


def _without_point(words: str) -> str:
    """A number that a spreadsheet wrote as a fraction: 2065551234.0."""
    whole, point, rest = words.partition(".")
    return whole if point and whole.isdecimal() and rest.strip("0") == "" and rest else words


def _reference_columns(table: Table) -> list[str]:
    return [each.column for each in table.references] + ([table.link[0]] if table.link else [])


def _reference(column: str, given: Any, normal: Normal) -> str:
    if given in (None, "", [], {}):
        return ""
    words = _words(given)
    if words is None or isinstance(given, list) or len(words) > MAX_ID:
        normal.as_given[column] = given
        return ""
    return words.strip()


def _check(row: RawRow, table: Table, normal: Normal) -> None:
    if row.problem:
        return
    missing = [column for column in table.required if not normal.columns[column]]
    if missing:
        row.problem = ("missing_value", f"{', '.join(missing)} is missing.")
    elif any(isinstance(each, str) and len(each) > MAX_FIELD for each in normal.columns.values()):
        row.problem = ("unreadable_row", "The row has a field that is far too long.")
