"""Hours of a listing as a week that can be mended on one page: what a week cannot say stays as it is."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from waypost.directory.rules.hours import WEEK
from waypost.web.partner.week import SLOTS

Item = dict[str, Any]
_WEEKLY = {"freq", "byday", "opens_at", "closes_at", "interval", "timezone"}
_WORDS = {"description", "freq"}


def first(items: list[Item]) -> dict[str, Any]:
    """The fields of the week: up to two openings of each day, and the hours that are words alone."""
    found: dict[str, Any] = {"hours_words": "\n".join(_words(items))}
    for item, slots in _taken(items)[0]:
        for number, which in slots.items():
            found[f"opens{which}_{number}"] = time.fromisoformat(item["opens_at"])
            found[f"closes{which}_{number}"] = time.fromisoformat(item["closes_at"])
    return found


def back(values: dict[str, Any], items: list[Item]) -> list[Item]:
    """The hours as a fact has them: the week, then words, then what a week cannot say."""
    by_hours: dict[tuple[time, time], list[str]] = {}
    for which in SLOTS:
        for number, code in enumerate(WEEK):
            opens, closes = (values.get(f"{name}{which}_{number}") for name in ("opens", "closes"))
            if opens is None or closes is None:
                continue
            if code not in (days := by_hours.setdefault((opens, closes), [])):
                days.append(code)
    zone = next((item["timezone"] for item in items if item.get("timezone")), "")
    week = [_opening(codes, hours, zone) for hours, codes in by_hours.items()]
    typed = str(values.get("hours_words") or "").splitlines()
    return [*week, *({"description": each.strip()} for each in typed if each.strip()), *others(items)]


def others(items: list[Item]) -> list[Item]:
    """Lines that the fields of a week do not show."""
    return [item for item in _taken(items)[1] if not _only_words(item)]


def _taken(items: list[Item]) -> tuple[list[tuple[Item, dict[int, str]]], list[Item]]:
    """The weekly openings, each with its slot by day, mornings first; then the lines that find no slot."""
    used: set[tuple[int, str]] = set()
    taken: list[tuple[Item, dict[int, str]]] = []
    over = []
    for item in sorted(items, key=lambda item: str(item.get("opens_at", ""))):
        slots = {
            number: next((each for each in SLOTS if (number, each) not in used), None)
            for number in _days(item)
        }
        free = {number: which for number, which in slots.items() if which is not None}
        if _is_weekly(item) and free and len(free) == len(slots):
            taken.append((item, free))
            used |= set(free.items())
        else:
            over.append(item)
    return taken, [item for item in items if any(item is each for each in over)]


def _opening(codes: Iterable[str], hours: tuple[time, time], zone: str) -> Item:
    opens, closes = (each.isoformat() for each in hours)
    made = {"freq": "WEEKLY", "byday": ",".join(codes), "opens_at": opens, "closes_at": closes}
    return made | ({"timezone": zone} if zone else {})


def _is_weekly(item: Item) -> bool:
    """Whether this is the same every week, at known hours."""
    if set(item) - _WEEKLY or item.get("freq", "WEEKLY") != "WEEKLY" or item.get("interval", 1) != 1:
        return False
    return "opens_at" in item and "closes_at" in item


def _days(item: Item) -> list[int]:
    parts = [part.strip() for part in str(item.get("byday", "")).split(",")]
    return [WEEK.index(part) for part in parts] if all(part in WEEK for part in parts) else []


def _only_words(item: Item) -> bool:
    return bool(item.get("description")) and not set(item) - _WORDS


def _words(items: list[Item]) -> list[str]:
    return list(dict.fromkeys(str(item["description"]) for item in items if _only_words(item)))
