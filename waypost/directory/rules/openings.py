"""The spans of time in which a schedule says that it is open."""

from collections.abc import Iterable
from datetime import datetime

from waypost.directory.rules.hours import Hours, OpenKind, open_state, openings


def spans(
    lines: Iterable[Hours], zone: str, start: datetime, end: datetime
) -> tuple[tuple[datetime, datetime], ...] | None:
    """Openings between two moments (aware, UTC), in order; None where the hours are not known."""
    known = tuple(lines)
    found = openings(known, zone, start, end)
    if not found and open_state(known, start, zone).kind == OpenKind.NOT_KNOWN:
        return None
    return tuple((max(start, opens), min(end, closes)) for opens, closes in found)
