"""Coming back: what our own files say beside the standard goes where it was."""

import json
from typing import Any

from waypost.directory.hsds import TABLES
from waypost.interop.hsds.publish import PROFILE_KEY

_TAKEN_OUT = ("as_given", "broken_references")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def own_table(value: dict[str, Any]) -> str:
    """The table of an object of one of our files; '' for other objects."""
    beside = value.get(PROFILE_KEY)
    table = beside.get("table", "") if isinstance(beside, dict) else ""
    return table if isinstance(table, str) and table in TABLES else ""


def is_own_file(value: dict[str, Any]) -> bool:
    """Whether this object is one of our JSON files as a whole: lists of objects by table."""
    beside = value.get(PROFILE_KEY)
    return isinstance(beside, dict) and beside.get("file") == "export"


def put_back(values: dict[str, Any]) -> dict[str, Any]:
    """The row as its first feed gave it: values that could not be read are there to be read once more.

    What else was beside (verification, capacity, where it came from) is kept as ``waypost`` in ``extra``:
    a human's confirmation is never made by an import.
    """
    beside = _beside(values.get(PROFILE_KEY))
    if beside is None:
        return values
    given = {name: value for name, value in values.items() if name != PROFILE_KEY}
    extra, columns = beside.pop("extra", {}), beside.pop("columns", {})
    for name in ("table", "read"):
        beside.pop(name, None)
    if isinstance(columns, dict):
        given |= columns
    if isinstance(extra, dict):
        for name in _TAKEN_OUT:
            if isinstance(extra.get(name), dict):
                given |= extra.pop(name)
        given |= {name: value for name, value in extra.items() if given.get(name) in _EMPTY}
    if beside:
        given[PROFILE_KEY] = beside
    return given


def _beside(value: Any) -> dict[str, Any] | None:
    """A copy of what stood beside; in tables it is JSON in a cell."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return json.loads(json.dumps(value)) if isinstance(value, dict) else None
