"""The keys of a finding, by which filters find it, and the bits by which choices are counted.

A key is a filter with a value (``cost:free``), or with ``?`` where the listing says nothing. The most common
choices have a bit each in the finding's ``facets``, so that counting them reads one number and no arrays.
"""

from functools import cache

from waypost.directory.needs import need_categories
from waypost.directory.rules.situations import ACCESSIBLE, SITUATIONS

COUNTED_LANGUAGES = ("en", "es", "zh", "vi", "ar", "ru", "ht", "so", "fr", "ko", "tl", "pt")
MOST_BITS = 63  # of a bigint
SILENT = "?"
SAMPLES = (1, 7, 56)  # sixty-fourths: what is ranked when there is too much to rank it all
FRESH, STALE = "fresh", "stale"  # confirmed within FRESH_DAYS and not doubted; each with its sample
FRESH_DAYS = 180
NOWHERE = "at"  # no point: the state, or nothing where that is not known either, and the sample


@cache
def counted() -> tuple[tuple[str, str], ...]:
    """Filter and value of each bit, from the lowest. The night makes all findings anew when this changes."""
    found = [("need", each.code) for each in need_categories()]
    found += [("language", code) for code in COUNTED_LANGUAGES]
    found += [("weekday", str(day)) for day in range(7)]
    found += [("cost", kind) for kind in ("free", "low")]
    found += [("situations", code) for code in SITUATIONS]
    found += [("accessibility", code) for code in ACCESSIBLE]
    found += [("no_documents", "true"), ("walk_in", "true")]
    return tuple(found[:MOST_BITS])


def key(name: str, value: str = SILENT) -> str:
    """The key of a filter with a value."""
    return f"{name}:{value}"


@cache
def counted_keys() -> list[str]:
    """The keys of the bits, in their order."""
    return [key(name, value) for name, value in counted()]
