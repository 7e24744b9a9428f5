"""What somebody looks for, as plain data."""

from dataclasses import dataclass
from datetime import time

from waypost.directory.rules.area import Place


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for. Empty means: does not matter.

    ``zip`` may be a city as well; ``place`` goes before it. ``serves_only`` keeps services whose area takes
    the place in, and those that name no area.
    ``weekday`` is 0 for Monday; ``at_hour`` is the hour on that day (or on any day of the coming week).
    ``cost``: 'free', or 'low' (free as well). ``situations`` and ``accessibility`` are codes
    (rules.situations), all of which have to hold. ``include_unknown`` keeps listings that say nothing about
    a filter; they come after those that fit. ``age`` hides only listings whose ages do not take it in.
    """

    words: str = ""
    need: str = ""
    zip: str = ""
    radius_miles: float = 25.0
    language: str = ""
    weekday: int | None = None
    accepting: bool = False
    age: int | None = None
    include_unknown: bool = True
    page: int = 1
    per_page: int = 20
    place: Place | None = None
    serves_only: bool = False
    at_hour: time | None = None
    open_now: bool = False
    situations: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    cost: str = ""
    no_documents: bool = False
    walk_in: bool = False
    transit: bool = False
