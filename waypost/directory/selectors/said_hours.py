"""Hours as facts hold them, made into what the rules of opening read."""

from typing import Any

from waypost.directory.choices import FactOf
from waypost.directory.fields import items_from_json
from waypost.directory.rules import Hours

_SAME = (
    "opens_at closes_at freq byday bymonthday byweekno byyearday interval count wkst dtstart until valid_from"
    " valid_to timezone holiday closed"
).split()
_TEXTS = ("freq", "byday", "bymonthday", "byweekno", "byyearday", "wkst", "timezone")


def hours_of(item: dict[str, Any]) -> Hours:
    """One line of hours from its plain object."""
    row = next(iter(items_from_json(FactOf.SERVICE, "schedules", [item])), {})
    every_year = row.get("extra", {}).get("every_year")
    yearly = (str(every_year["from"]), str(every_year["to"])) if isinstance(every_year, dict) else None
    given = {name: row[name] for name in _SAME if row.get(name) is not None}
    words = " ".join(str(row[name]) for name in ("description", "notes") if row.get(name))
    return Hours(**({name: "" for name in _TEXTS} | given), yearly=yearly, words=words)
