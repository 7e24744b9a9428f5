"""The compiled JSON Schemas of HSDS, with formats."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

SCHEMAS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
}


@cache
def validator(folder: Path, name: str) -> Any:
    """A validator that looks at formats too."""
    path = folder / "hsds" / "schema" / "compiled" / f"{name}.json"
    if not path.exists():
        path = folder / "hsds" / "schema" / f"{name}.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    return jsonschema_rs.Draft202012Validator(_closed(body), validate_formats=True)


def _closed(body: Any) -> Any:
    """Without references to other files (taxonomy_term.json has them): those are validated by themselves."""
    if isinstance(body, dict):
        return {key: _closed(value) for key, value in body.items() if key != "$ref"}
    return [_closed(each) for each in body] if isinstance(body, list) else body


def faults(folder: Path, name: str, value: Any) -> list[str]:
    """What the schema finds wrong, in its words."""
    return [
        f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"
        for error in validator(folder, name).iter_errors(value)
    ]
