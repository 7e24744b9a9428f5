"""How long what is made by the way is kept: dated rules, read from data."""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "retention.json"


def kept_for(kind: str, day: date) -> timedelta:
    """How long this kind is kept by the rule of that day; KeyError for a kind without a rule."""
    begun = [(since, days) for name, since, days in _rules() if name == kind and since <= day]
    if not begun:
        raise KeyError(kind)
    return timedelta(days=max(begun)[1])


@cache
def _rules() -> tuple[tuple[str, date, int], ...]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))["rules"]
    return tuple((row["kind"], date.fromisoformat(row["valid_from"]), row["days"]) for row in rows)
