"""Hours of a listing as a week that can be mended on one page: what a week cannot say stays as it is."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from waypost.directory.rules.hours import WEEK

Item = dict[str, Any]
_WEEKLY = {"freq", "byday", "opens_at", "closes_at", "interval", "timezone"}
_WORDS = {"description", "freq"}


def first(items: list[Item]) -> dict[str, Any]:
    """The fields of the week: the first opening of each day, and the hours that are words alone."""
    found: dict[str, Any] = {"hours_words": "\n".join(_words(items))}
    for item in items:
        if _takes(item, found):
            for number in _days(item):
                found[f"opens_{number}"] = time.fromisoformat(item["opens_at"])
                found[f"closes_{number}"] = time.fromisoformat(item["closes_at"])
    return found


def back(values: dict[str, Any], items: list[Item]) -> list[Item]:
    """The hours as a fact has them: the week, then words, then what a week cannot say."""
    by_hours: dict[tuple[time, time], list[str]] = {}
    for number, code in enumerate(WEEK):
        opens, closes = values.get(f"opens_{number}"), values.get(f"closes_{number}")
        if opens is not None and closes is not None:
            by_hours.setdefault((opens, closes), []).append(code)
    zone = next((item["timezone"] for item in items if item.get("timezone")), "")
    week = [_opening(codes, hours, zone) for hours, codes in by_hours.items()]
    typed = str(values.get("hours_words") or "").splitlines()
    return [*week, *({"description": each.strip()} for each in typed if each.strip()), *others(items)]


def others(items: list[Item]) -> list[Item]:
    """Lines that the fields of a week do not show."""
    taken: dict[str, Any] = {}
    kept = []
    for item in items:
        if _takes(item, taken):
            taken |= {f"opens_{number}": True for number in _days(item)}
        elif not _only_words(item):
            kept.append(item)
    return kept


def _opening(codes: Iterable[str], hours: tuple[time, time], zone: str) -> Item:
    opens, closes = (each.isoformat() for each in hours)
    made = {"freq": "WEEKLY", "byday": ",".join(codes), "opens_at": opens, "closes_at": closes}
    return made | ({"timezone": zone} if zone else {})


def _takes(item: Item, taken: dict[str, Any]) -> bool:
    """Whether this is the same every week, on days that have no opening yet."""
    if set(item) - _WEEKLY or item.get("freq", "WEEKLY") != "WEEKLY" or item.get("interval", 1) != 1:
        return False
    days = _days(item)
    if not days or "opens_at" not in item or "closes_at" not in item:
        return False
    return not any(f"opens_{number}" in taken for number in days)


def _days(item: Item) -> list[int]:
    parts = [part.strip() for part in str(item.get("byday", "")).split(",")]
    return [WEEK.index(part) for part in parts] if all(part in WEEK for part in parts) else []


def _only_words(item: Item) -> bool:
    return bool(item.get("description")) and not set(item) - _WORDS


def _words(items: list[Item]) -> list[str]:
    return list(dict.fromkeys(str(item["description"]) for item in items if _only_words(item)))
