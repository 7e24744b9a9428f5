"""The invented facts that the community is made of, as they lie in ``demo/data``."""

import json
from collections.abc import Iterator
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from waypost.directory.rules.schedule import Hours, weekly

FOLDER = Path(__file__).resolve().parent.parent / "data"
SEED = 2026


@cache
def read(name: str) -> dict[str, Any]:
    """One file of ``demo/data``: cast, names, towns or words."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def listed_organizations() -> Iterator[dict[str, Any]]:
    """Every organization of the directory, with its services."""
    for path in sorted((FOLDER / "listings").glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))


def hours(text: str) -> tuple[Hours, ...]:
    """Hours from "TU,TH 10:00-18:00; SA 9:00-12:00"; an empty text: not known."""
    return tuple(_line(part.strip()) for part in text.split(";") if part.strip())


def _line(text: str) -> Hours:
    days, times = text.split(" ")
    opens, closes = times.split("-")
    return weekly(byday=days, opens_at=_clock(opens), closes_at=_clock(closes))


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))
