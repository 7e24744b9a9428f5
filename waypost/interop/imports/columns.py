"""What somebody said in the page about the columns of a table, as a mapping."""

import json
from collections.abc import Mapping as Pairs
from typing import Any

from django.utils.translation import gettext as _

from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.mapping import ANY_FILE, Mapping, load_body, parse_mapping
from waypost.interop.hsds.names import stem
from waypost.interop.imports.fields import BY_KEY
from waypost.kernel.errors import Refused

DIVIDERS = (",", ";", "/", "|", "\n")
NEEDED = {"services.name", "organizations.name", "organizations.id"}


def as_mapping(
    tables: Pairs[str, Pairs[str, tuple[str, str]]], before: dict[str, Any] | None
) -> dict[str, Any]:
    """The body of a mapping file: ``tables`` is file name -> heading -> (field's key, divider or '').

    The only table of a feed is kept under '*', so that next month's file may have another name. Raises
    Refused where a table has no service or no organization to name.
    """
    files: dict[str, Any] = {}
    for name, columns in tables.items():
        chosen = {heading: what for heading, what in columns.items() if what[0]}
        keys = {key for key, _divider in chosen.values()}
        if not keys & NEEDED:
            raise Refused(_("Say which column of “%(name)s” holds the service's name.") % {"name": name})
        files[ANY_FILE if len(tables) == 1 else stem(name)] = {
            "columns": {heading: _target(*what) for heading, what in chosen.items()}
        }
    kept = {} if ANY_FILE in files else dict((before or {}).get("files", {}))
    kept.pop(ANY_FILE, None)
    return {"files": kept | files}


def _target(key: str, divider: str) -> dict[str, Any]:
    known = BY_KEY.get(key)
    if known is None or (divider and divider not in DIVIDERS):
        raise Refused(_("Choose a field from the list."))
    body: dict[str, Any] = {"model": known.model, "field": known.name}
    if divider and known.several:
        body["split"] = divider
    return body


def mapping_of(body: dict[str, Any] | None) -> Mapping | None:
    """The kept body as the importer wants it. Raises Unreadable."""
    return parse_mapping(json.dumps(body, default=str).encode()) if body else None


def read_mapping_file(data: bytes) -> dict[str, Any]:
    """The body of an uploaded mapping file, checked. Raises Refused in words."""
    try:
        body = {"files": load_body(data, _("The mapping file"))}
        mapping_of(body)
    except Unreadable as error:
        raise Refused(str(error), field="mapping") from None
    plain: dict[str, Any] = json.loads(json.dumps(body, default=str))
    return plain
