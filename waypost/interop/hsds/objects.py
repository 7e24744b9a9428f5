"""JSON and ndjson: which value is which thing of HSDS."""

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from waypost.directory.hsds import ORDER, TABLES
from waypost.interop.hsds.names import stem, table_of
from waypost.interop.hsds.nested import Unfolding
from waypost.interop.hsds.ours import is_own_file, own_table
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow
from waypost.interop.hsds.text import decode, storable

MAX_NESTING = 200
LONGEST_SHOWN = 2000
_PAGES = ("contents", "content", "data", "items", "results")
_LIST_NAMES = {
    name: table.name for table in ORDER for name in (table.name, table.singular, f"{table.singular}s")
}
_ODD = re.compile(r"\\u(?:0000|d[89a-f])", re.I)  # what may turn out as nothing that can be stored
_WHITE = re.compile(r"[\s\x1e]*")


def is_lines(name: str, line: bytes) -> bool:
    """Whether a file's name and its first line say that each line is an object of its own."""
    if not name.lower().endswith((".ndjson", ".jsonl")):
        return False
    try:
        return isinstance(json.loads(line.removeprefix(b"\xef\xbb\xbf")), dict)
    except (ValueError, RecursionError):
        return False


def read_objects(name: str, data: bytes, numbers: Iterator[int] | None = None) -> Iterator[RawRow]:
    """The rows of a file that holds one JSON value, or several behind or below one another.

    ``numbers`` counts the objects on, where ``data`` is a slice of the file.
    """
    text, broken = decode(data)
    numbers = numbers or count(1)
    for value, problem in _values(text.removeprefix("\ufeff")):
        items = value if isinstance(value, list) else [value]
        if problem is None and isinstance(value, dict):
            items = _page(value)
        for item in items:
            number = next(numbers)
            if problem:
                yield _unknown(name, number, problem, item)
                continue
            for row in _object(name, number, item):
                if broken:
                    row.marks.append(
                        ("broken_characters", "Some bytes of this file are in no known encoding.")
                    )
                yield row


def _values(text: str) -> Iterator[tuple[Any, tuple[str, str] | None]]:
    """Value after value. Where one cannot be read, reading goes on with the next line."""
    decoder = json.JSONDecoder(parse_constant=str, parse_float=_number, parse_int=_number)
    odd = _ODD.search(text) is not None
    position = _skip(text, 0)
    while position < len(text):
        end = text.find("\n", position)
        line_end = len(text) if end < 0 else end
        try:
            value, position = decoder.raw_decode(text, position)
            deep = _too_deep(value)
            yield (value if deep or not odd else storable(value)), deep
        except RecursionError:
            yield text[position:line_end], ("too_deep", "The object is nested far too deeply.")
            position = line_end
        except ValueError as error:
            yield (
                text[position:line_end],
                ("invalid_json", f"This is not JSON: {getattr(error, 'msg', error)}."),
            )
            position = line_end
        position = _skip(text, position)


def _number(digits: str) -> Any:
    """Numbers keep their digits: '0.10' stays, and a number of 5,000 digits is no trouble."""
    return digits if len(digits) > 15 else json.loads(digits)  # noqa: PLR2004 - what a double holds exactly


def _skip(text: str, position: int) -> int:
    found = _WHITE.match(text, position)
    return found.end() if found else position


def _too_deep(value: Any) -> tuple[str, str] | None:
    layer = [value]
    for _ in range(MAX_NESTING):
        layer = [
            child
            for each in layer
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
            if isinstance(child, dict | list)
        ]
        if not layer:
            return None
    return "too_deep", "The object is nested far too deeply."


def _page(value: dict[str, Any]) -> list[Any]:
    """The objects of a page of an HSDS API; an object that is no page stands for itself."""
    for name in _PAGES:
        inner = value.get(name)
        if isinstance(inner, list) and "name" not in value and not _collections(value):
            return inner
    return [value]


def _object(file: str, number: int, value: Any) -> Iterator[RawRow]:
    if not isinstance(value, dict):
        yield _unknown(file, number, ("unknown_shape", "This is not an object."))
        return
    if table := own_table(value):
        yield from Unfolding(file, number, "").rows(table, value, {})
    elif is_own_file(value):
        for each in (each for held in value.values() if isinstance(held, list) for each in held):
            yield from _object(file, number, each)
    elif isinstance(value.get("hsds"), dict):
        for each in _page(value["hsds"]):
            if isinstance(each, dict):
                yield from _thing(file, number, each, _scope(value))
            else:
                yield _unknown(file, number, ("unknown_shape", "This is not an object."))
    elif any(key.lower().endswith(".csv") for key in value):
        yield from _tables(file, value)
    else:
        yield from _thing(file, number, value, "")


def _scope(wrapper: dict[str, Any]) -> str:
    """Ids inside a wrapped object hold only there: its other words name it, or else its content."""
    words = [
        str(each) for key, each in sorted(wrapper.items()) if key != "hsds" and isinstance(each, str | int)
    ]
    if words:
        return "/".join(words)
    body = json.dumps(wrapper["hsds"], sort_keys=True, default=str)
    return hashlib.sha256(body.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _tables(file: str, value: dict[str, Any]) -> Iterator[RawRow]:
    """The tabular form of HSDS 3 as one JSON object: {"services.csv": [{...}]}."""
    for key, rows in value.items():
        found = table_of(key)
        if found is None or not isinstance(rows, list):
            continue
        table, fixed = found
        for number, row in enumerate(rows, start=2):
            if isinstance(row, dict):
                origin = stem(key) if fixed else ""
                yield RawRow(table, row | fixed, number, f"{file}: {key}", origin=origin)
            else:
                yield RawRow(table, {}, number, f"{file}: {key}", problem=("unknown_shape", "Not an object."))


def _thing(file: str, number: int, value: dict[str, Any], scope: str) -> Iterator[RawRow]:
    unfolding = Unfolding(file, number, scope)
    collections = _collections(value)
    table = _table(file, value)
    hint = _hint(file, value)
    if hint and "id" in value and "name" not in value and TABLES[hint[0]].required:
        yield from unfolding.rows(hint[0], value, {})  # it is set aside: its name is missing
        return
    if "name" not in value and collections and table != "service_at_locations":
        yield from _container(unfolding, value, collections)
        return
    if table:
        yield from unfolding.rows(table, value, {})
        return
    inner = [
        each for each in value.values() if isinstance(each, dict) and ("name" in each or _collections(each))
    ]
    if len(inner) == 1 and len(value) <= 3:  # noqa: PLR2004 - {"data": {...}} with a word or two beside it
        yield from _thing(file, number, inner[0], scope)
    else:
        yield _unknown(file, number, ("unknown_shape", "This object is nothing that HSDS knows."))


def _collections(value: dict[str, Any]) -> dict[str, Any]:
    """The properties that hold rows: "services": [...], "organization": {...}."""
    return {
        key: each
        for key, each in value.items()
        if key in _LIST_NAMES
        and each
        and (isinstance(each, dict) or (isinstance(each, list) and isinstance(each[0], dict)))
    }


def _container(unfolding: Unfolding, value: dict[str, Any], collections: dict[str, Any]) -> Iterator[RawRow]:
    """An object that only holds others. If it holds one organization, the rest is that organization's."""
    rest = {key: each for key, each in value.items() if key not in collections}
    owners = [
        each
        for key, held in collections.items()
        if _LIST_NAMES[key] == "organizations"
        for each in (held if isinstance(held, list) else [held])
        if isinstance(each, dict)
    ]
    if len(owners) == 1:
        others = {key: held for key, held in collections.items() if _LIST_NAMES[key] != "organizations"}
        yield from unfolding.rows("organizations", _joined(owners[0], others | rest), {})
        return
    for key, held in collections.items():
        for each in held if isinstance(held, list) else [held]:
            if isinstance(each, dict):
                yield from unfolding.rows(_LIST_NAMES[key], each, {})


def _joined(owner: dict[str, Any], beside: dict[str, Any]) -> dict[str, Any]:
    """The organization with what lay beside it; lists of the same name are put together."""
    joined = dict(owner)
    for key, value in beside.items():
        mine = joined.get(key)
        if not mine:
            joined[key] = value
        elif mine != value:
            joined[key] = [
                *(mine if isinstance(mine, list) else [mine]),
                *(value if isinstance(value, list) else [value]),
            ]
    return joined


def _table(file: str, value: dict[str, Any]) -> str:
    """Which table a lone object belongs to, by the file's name or by what it says of itself."""
    if "id" in value and all(f"{each}_id" in value or isinstance(value.get(each), dict) for each in _JOINS):
        return "service_at_locations"
    hint = _hint(file, value)
    if hint and (hint[0] == "service_at_locations" or "name" in value or not TABLES[hint[0]].required):
        return hint[0]
    return next(
        (table for table, says in _SAYS if "name" in value and any(name in value for name in says)),
        "organizations" if "name" in value else "",
    )


def _hint(file: str, value: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The table that the file's name speaks of: service_list.json holds services."""
    return table_of(stem(PurePosixPath(file).name).removesuffix("_list").removesuffix("_full"), value)


_JOINS = ("service", "location")
_SAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "organizations",
        ("locations", "organization_identifiers", "services", "legal_status", "tax_id", "website"),
    ),
    (
        "services",
        ("status", "service_at_locations", "service_areas", "eligibility_description", "organization"),
    ),
    ("locations", ("location_type", "latitude", "longitude", "addresses")),
    ("taxonomy_terms", ("taxonomy_detail", "taxonomy_id", "term_uri", "parent_id", "code")),
    ("taxonomies", ("version",)),
    ("services", ("organization_id", "program_id")),
)


def _unknown(file: str, number: int, problem: tuple[str, str], found: Any = None) -> RawRow:
    values = {"text": found[:LONGEST_SHOWN]} if isinstance(found, str) else {}
    return RawRow(UNKNOWN_TABLE, values, number, file, problem=problem)
