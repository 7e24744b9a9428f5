"""How long things are kept: dated rules, read from data."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data" / "retention.json"
RECORD, OTHERS = "record", "others"
MAJORITY = 18
FEBRUARY, LEAP_DAY = 2, 29


@dataclass(frozen=True, slots=True)
class RecordRule:
    """Years after the last contact; for whoever was under 18 then, so many after majority at least."""

    valid_from: date
    years: int
    years_after_majority: int
    source: str
    checked: str

    def due(self, last_contact: date, born: date | None) -> date:
        """The first day on which the record may go."""
        due = _after(last_contact, self.years)
        if born is None or _after(born, MAJORITY) <= last_contact:
            return due
        return max(due, _after(born, MAJORITY + self.years_after_majority))


def kept_for(kind: str, day: date) -> timedelta:
    """How long this kind is kept by the rule of that day; KeyError for a kind without a rule."""
    begun = [row for row in _rows() if row["kind"] == kind and "days" in row and _since(row) <= day]
    if not begun:
        raise KeyError(kind)
    return timedelta(days=max(begun, key=_since)["days"])


def record_rule(legal_status: str, day: date) -> RecordRule | None:
    """The rule of that day for records held by an organization of this status; None where none has begun."""
    begun = [row for row in _rows() if row["kind"] == RECORD and _since(row) <= day]
    fitting = [row for row in begun if row["legal_status"] == legal_status]
    found = fitting or [row for row in begun if row["legal_status"] == OTHERS]
    if not found:
        return None
    row = max(found, key=_since)
    return RecordRule(_since(row), row["years"], row["years_after_majority"], row["source"], row["checked"])


def _after(day: date, years: int) -> date:
    leaps = day.month == FEBRUARY and day.day == LEAP_DAY
    return (day + timedelta(days=1) if leaps else day).replace(year=day.year + years)


def _since(row: dict[str, Any]) -> date:
    return date.fromisoformat(row["valid_from"])


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(DATA.read_text(encoding="utf-8"))["rules"])
