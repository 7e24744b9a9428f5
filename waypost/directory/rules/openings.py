"""The spans of time in which a schedule says that it is open."""

from collections.abc import Iterable
from datetime import datetime

from waypost.directory.rules.hours import Hours, OpenKind, open_state


def spans(
    lines: Iterable[Hours], zone: str, start: datetime, end: datetime
) -> tuple[tuple[datetime, datetime], ...] | None:
    """Openings between two moments (aware, UTC), in order; None where the hours are not known."""
    known = tuple(lines)
    if not known or open_state(known, start, zone).kind == OpenKind.NOT_KNOWN:
        return None
    found: list[tuple[datetime, datetime]] = []
    at = start
    while at < end:
        state = open_state(known, at, zone)
        if state.kind == OpenKind.OPEN and state.until:
            found.append((at, min(state.until, end)))
            at = state.until
        elif state.kind == OpenKind.CLOSED and state.opens:
            at = state.opens
        else:
            break
    return tuple(found)
