"""Reading the operator's checklist: its lines are data (``data/duties.json``), its ticks are rows."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from waypost.kernel.clock import today
from waypost.network.models import Duty

FILE = Path(__file__).parent / "data" / "duties.json"
MAIL_TEST = "mail_test"


@dataclass(frozen=True, slots=True)
class Tick:
    """Who made sure when, and with what note."""

    by: str
    on: date
    note: str
    fine: bool


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A line of the checklist; ``due``: nobody made sure of it, or too long ago."""

    key: str
    words: str
    why: str
    tick: Tick | None
    again_on: date | None
    due: bool


def duty_keys() -> frozenset[str]:
    """The keys of the checklist."""
    return frozenset(each["key"] for each in _lines())


def checklist(language: str) -> list[DutyLine]:
    """Every line with its newest tick."""
    ticks, found = _newest(), []
    for each in _lines():
        tick = ticks.get(each["key"])
        again = tick.on + timedelta(days=each["renew_days"]) if tick else None
        found.append(
            DutyLine(
                key=each["key"],
                words=each["words"].get(language) or each["words"]["en"],
                why=each["why"].get(language) or each["why"]["en"],
                tick=tick,
                again_on=again,
                due=again is None or again < today(),
            )
        )
    return found


def last_mail_test() -> Tick | None:
    """How the last test mail went."""
    return _newest().get(MAIL_TEST)


def _newest() -> dict[str, Tick]:
    rows = Duty.objects.order_by("key", "-at").distinct("key")
    return {row.key: Tick(row.by_name, row.at.date(), row.note, row.fine) for row in rows}


@cache
def _lines() -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return lines
