"""JSON and ndjson: which value is which thing of HSDS."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from waypost.directory.hsds import ORDER, TABLES
from waypost.interop.hsds.json_stream import LONGEST_SHOWN, Found, Large, values
from waypost.interop.hsds.names import stem, table_of
from waypost.interop.hsds.nested import Unfolding
from waypost.interop.hsds.ours import is_own_file, own_table
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow

_PAGES = ("contents", "content", "data", "items", "results")
_LIST_NAMES = {
    name: table.name for table in ORDER for name in (table.name, table.singular, f"{table.singular}s")
}


def read_objects(name: str, pieces: Callable[[], Iterable[bytes]]) -> Iterator[list[RawRow]]:
    """What each object of a file holds: one JSON value, a list, or several behind or below one another.

    Raises Unreadable while it is read, where the file ends in the middle of a list.
    """
    numbers = count(1)
    for found in values(pieces):
        if isinstance(found, Large):
            yield from _large(name, found, numbers)
        else:
            yield from _found(name, found, numbers)


def _found(name: str, found: Found, numbers: Iterator[int]) -> Iterator[list[RawRow]]:
    if found.problem:
        yield [_unknown(name, next(numbers), found.problem, found.value)]
        return
    for item in _page(found.value) if found.alone and isinstance(found.value, dict) else [found.value]:
        yield _marked(list(_object(name, next(numbers), item)), found)


def _marked(rows: list[RawRow], found: Found) -> list[RawRow]:
    if found.broken:
        for row in rows:
            row.marks.append(("broken_characters", "Some bytes of this object are in no known encoding."))
    return rows


def _large(name: str, large: Large, numbers: Iterator[int]) -> Iterator[list[RawRow]]:
    """The lists of a large object, element by element, where they hold rows; any other object whole."""
    outline = large.outline
    page, lists = _page_name(outline), _collections(outline)
    if own_table(outline) or isinstance(outline.get("hsds"), dict):
        yield from _found(name, large.whole(), numbers)
    elif page:
        for key, item in large.members():
            if key == page:
                yield from _element(name, item, next(numbers))
    elif is_own_file(outline):
        yield from _large_export(name, large, next(numbers))
    elif any(key.lower().endswith(".csv") for key in outline):
        yield from _large_tables(name, large)
    elif lists and not {"id", "name"} & set(outline) and len(_owners(lists)) != 1:
        unfolding = Unfolding(name, next(numbers), "")
        for key, item in large.members():
            yield from _member(unfolding, lists, key, item)
    else:
        yield from _found(name, large.whole(), numbers)


def _large_export(name: str, large: Large, number: int) -> Iterator[list[RawRow]]:
    for _key, item in large.members():
        if not item.alone:
            yield from _element(name, item, number)


def _large_tables(name: str, large: Large) -> Iterator[list[RawRow]]:
    rows = Counter[str]()
    for key, item in large.members():
        rows[key] += 1
        if not item.alone and (found := table_of(key)):
            yield _marked([_table_row(name, key, found, item.value, rows[key] + 1)], item)


def _member(unfolding: Unfolding, lists: dict[str, Any], key: str, item: Found) -> Iterator[list[RawRow]]:
    if key in lists and isinstance(item.value, dict) and not item.problem:
        yield _marked(list(unfolding.rows(_LIST_NAMES[key], item.value, {})), item)


def _element(name: str, item: Found, number: int) -> Iterator[list[RawRow]]:
    if item.problem:
        yield [_unknown(name, number, item.problem, item.value)]
    else:
        yield _marked(list(_object(name, number, item.value)), item)


def _page(value: dict[str, Any]) -> list[Any]:
    """The objects of a page of an HSDS API; an object that is no page stands for itself."""
    name = _page_name(value)
    inner: list[Any] = value[name] if name else [value]
    return inner


def _page_name(value: dict[str, Any]) -> str:
    if "name" in value or _collections(value):
        return ""
    return next((name for name in _PAGES if isinstance(value.get(name), list)), "")


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
        for number, row in enumerate(rows, start=2):
            yield _table_row(file, key, found, row, number)


def _table_row(file: str, key: str, found: tuple[str, dict[str, Any]], row: Any, number: int) -> RawRow:
    table, fixed = found
    if isinstance(row, dict):
        return RawRow(table, row | fixed, number, f"{file}: {key}", origin=stem(key) if fixed else "")
    return RawRow(table, {}, number, f"{file}: {key}", problem=("unknown_shape", "Not an object."))


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
    owners = _owners(collections)
    if len(owners) == 1:
        others = {key: held for key, held in collections.items() if _LIST_NAMES[key] != "organizations"}
        yield from unfolding.rows("organizations", _joined(owners[0], others | rest), {})
        return
    for key, held in collections.items():
        for each in held if isinstance(held, list) else [held]:
            if isinstance(each, dict):
                yield from unfolding.rows(_LIST_NAMES[key], each, {})


def _owners(collections: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        each
        for key, held in collections.items()
        if _LIST_NAMES[key] == "organizations"
        for each in (held if isinstance(held, list) else [held])
        if isinstance(each, dict)
    ]


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
