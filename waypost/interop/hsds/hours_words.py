"""Opening hours as people write them: read only when every word of it is understood."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from waypost.interop.hsds.values import NOON_HOUR, read_days

LONGEST = 200
_NOISE = re.compile(
    r"\b(?:regular|weekly|open|opens|hours?|pantry|food|distribution|service|schedule|pick-?up|meals?|market"
    r"|giveaway|produce|hot|kitchen|soup|prepack|on|every|each|from|the|at)\b|[.,:]$",
    re.I,
)
_TIME = r"(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?\s?(?:m\b\.?)?"
_SPAN = re.compile(rf"^{_TIME}\s*(?:-|–|to|until|til|through)\s*{_TIME}$", re.I)
_ORDINALS = {
    "1st": "1", "first": "1", "2nd": "2", "second": "2", "3rd": "3", "third": "3", "4th": "4", "fourth": "4",
    "5th": "5", "fifth": "5", "last": "-1",
}  # fmt: skip
_NTH = "|".join(_ORDINALS)
_IN_A_MONTH = re.compile(
    rf"^((?:{_NTH})(?:\s*(?:,|&|and)\s*(?:{_NTH}))*)\s+([a-z]+?)s?(?:\s+of\s+(?:the|each|every)?\s*months?)?$",
    re.I,
)
_PARTS = re.compile(r"\s*[;|]\s*|,\s+(?=[A-Za-z])")
_GAP = re.compile(r"[\s:,-]+(?=\d)")  # between days and hours


def read_hours(words: str) -> list[dict[str, str]]:
    """'Tuesdays 9 AM-12 PM', '2nd and 4th Thursday from 12-1pm' as rows with days, frequency and hours.

    Days alone ('4th Saturday of the month') or hours alone give rows without the other. [] when any word is
    not understood: "by appointment", "every other", a season.
    """
    text = " ".join(words.replace("–", "-").split())
    if not text or len(text) > LONGEST:
        return []
    whole = _part(text)
    if whole:
        return [whole]
    rows = [_part(part) for part in _PARTS.split(text)]
    if len(rows) > 1 and all(row.get("byday") and row.get("opens_at") for row in rows):
        return rows
    return []


def _part(text: str) -> dict[str, str]:
    plain = " ".join(_NOISE.sub(" ", text).replace(" - ", "-").split()).strip(" .,:-")
    if span := _span(plain):
        return span
    if days := _days(plain):
        return days
    for gap in _GAP.finditer(plain):
        days, span = _days(plain[: gap.start()].strip(" :,-")), _span(plain[gap.end() :])
        if days and span:
            return days | span
    return {}


def _days(text: str) -> dict[str, str]:
    if found := _IN_A_MONTH.match(text):
        day = read_days(found[2])
        numbers = [_ORDINALS[each.lower()] for each in re.findall(_NTH, found[1], re.I)]
        if day and "," not in day:
            return {"freq": "MONTHLY", "byday": ",".join(f"{number}{day}" for number in numbers)}
    known = re.sub(r"\b(?:through|thru)\b", "to", text, flags=re.I)
    byday = read_days(known) if re.search(r"[a-z]{3}", known, re.I) else None
    return {"freq": "WEEKLY", "byday": byday} if byday else {}


def _span(text: str) -> dict[str, str]:
    """'9-11am' is in the morning, '9-12pm' from nine to noon; '5-7' could be either: not read."""
    found = _SPAN.match(text.strip())
    if not found:
        return {}
    hour, minute, half, last, last_minute, last_half = found.groups()
    if not last_half:
        return {}
    closes = _clock(last, last_minute, last_half)
    readings = [half] if half else [last_half, "a" if last_half.lower() == "p" else "p"]
    for each in readings:
        opens = _clock(hour, minute, each)
        if opens and closes and opens < closes:
            return {"opens_at": opens, "closes_at": closes}
    return {}


def _clock(hour: str, minute: str | None, half: str) -> str:
    number, minutes = int(hour), int(minute or 0)
    if not 1 <= number <= NOON_HOUR or minutes > 59:  # noqa: PLR2004 - minutes of an hour
        return ""
    return f"{number % NOON_HOUR + (NOON_HOUR if half.lower() == 'p' else 0):02d}:{minutes:02d}"


def spoken(values: Mapping[str, Any]) -> Iterator[str]:
    """The cells in which a schedule may be said in words."""
    for name in ("description", "original_text", "notes", "sched_info", "hours_of_operation"):
        words = values.get(name)
        if isinstance(words, str) and words.strip():
            yield words
