"""Cells that say several things at once: hours of a week, an address in one line."""

import re

from waypost.interop.hsds.values import read_days, read_time

_DAY = r"(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?"
_SPAN = r"\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*[-–]\s*\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?"
_ENTRY = re.compile(
    rf"\s*({_DAY}):\s*(closed|{_SPAN}(?:\s*[,;]\s*{_SPAN})*)(?=\s|[,;]|$)[,;]?\s*", re.IGNORECASE
)
_LINE = re.compile(r"^(?P<street>.*\S),?\s+(?P<state>[A-Z]{2})\s+(?P<zip>\d{5}(?:-\d{4})?)$", re.DOTALL)


def hours_rows(words: str) -> list[dict[str, str]]:
    """'Sunday: Closed Monday: 9:00-17:00' as one row a day and span.

    All of it must be understood, else the words stay as they are in one row and never count as open.
    """
    rows: list[dict[str, str]] = []
    position = 0
    while position < len(words):
        found = _ENTRY.match(words, position)
        day = _entry(found[1], found[2]) if found else None
        if found is None or day is None:
            return [{"description": words}]
        rows += day
        position = found.end()
    return rows


def _entry(day: str, hours: str) -> list[dict[str, str]] | None:
    code = read_days(day)
    if code is None:
        return None
    if hours.lower() == "closed":
        return [{"byday": code, "closed": "true"}]
    rows = []
    for span in re.split(r"[,;]", hours):
        opens, closes = (part.strip() for part in re.split("[-–]", span))
        if read_time(opens) is None or read_time(closes) is None:
            return None
        rows.append({"byday": code, "opens_at": opens, "closes_at": closes})
    return rows


def address_parts(line: str) -> dict[str, str]:
    """State and ZIP code off the end of a line; a line that does not end so is the street as a whole."""
    found = _LINE.match(line.strip())
    if not found:
        return {"address_1": line}
    return {
        "address_1": found["street"].rstrip(" ,"),
        "state_province": found["state"],
        "postal_code": found["zip"],
    }
