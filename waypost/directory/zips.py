"""ZIP codes to places (the ``zipcodes`` package holds them)."""

from functools import cache, lru_cache
from typing import Any

import zipcodes

from waypost.directory.rules.area import Place

PLUS_FOUR = 4
STATES = {
    code: name
    for pair in (
        "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware"
        "|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa"
        "|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota"
        "|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey"
        "|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon"
        "|PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee"
        "|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"
    ).split("|")
    for code, name in [pair.split(" ", 1)]
}


@lru_cache(maxsize=2048)
def zip_place(zip_code: str) -> Place | None:
    """The place of a five-digit ZIP (or ZIP+4) of the United States; None when there is none."""
    found = _first(zip_code.strip())
    if found is None:
        return None
    state = str(found["state"])
    return Place(
        zip=str(found["zip_code"]),
        city=str(found["city"]),
        county=str(found["county"]),
        state=state,
        state_name=STATES.get(state, ""),
        latitude=float(found["lat"]) if found["lat"] else None,
        longitude=float(found["long"]) if found["long"] else None,
    )


@lru_cache(maxsize=2048)
def zip_time_zone(zip_code: str) -> str:
    """The IANA time zone of a ZIP; '' when it is not known."""
    found = _first(zip_code.strip())
    return str(found["timezone"] or "") if found else ""


def _first(zip_code: str) -> dict[str, Any] | None:
    code, _, more = zip_code.partition("-")
    if more and not (more.isdecimal() and len(more) == PLUS_FOUR):
        return None
    return _all().get(code)


@cache
def _all() -> dict[str, dict[str, Any]]:
    """The package's list by code, read once: its own lookup goes through all 42,000 each time."""
    found: dict[str, dict[str, Any]] = {}
    for each in zipcodes.list_all():  # type: ignore[no-untyped-call]
        found.setdefault(str(each["zip_code"]), each)
    return found
