"""ZIP codes to places (the ``zipcodes`` package holds them)."""

from collections import Counter
from functools import cache, lru_cache
from typing import Any
from zoneinfo import available_timezones

import zipcodes
from django.conf import settings

from waypost.directory.rules.area import Place
from waypost.directory.rules.asking import plain_word

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


def place_named(words: str) -> Place | None:
    """The place of a ZIP, or of a city ("Seattle", "Springfield, IL"); None when there is none."""
    return zip_place(words) or next(iter(cities_named(words)), None)


@lru_cache(maxsize=2048)
def cities_named(words: str) -> tuple[Place, ...]:
    """The cities of that name: those in the network's time zone first, then those with the most ZIP codes.

    A state may follow, by its code or name. Latitude and longitude are the middle of the city's ZIP codes.
    """
    name, state = _city_and_state(" ".join(plain_word(words).replace(",", " ").split()))
    codes = [each for each in (_cities().get(name, {})) if state in ("", each)]
    found = {code: _cities()[name][code] for code in codes}
    here = str(settings.TIME_ZONE)
    order = sorted(found, key=lambda code: (found[code][0]["timezone"] != here, -len(found[code]), code))
    return tuple(_city(found[code]) for code in order)


def _city_and_state(words: str) -> tuple[str, str]:
    for code, name in STATES.items():
        for ending in (f" {name.lower()}", f" {code.lower()}"):
            if words.endswith(ending):
                return words.removesuffix(ending), code
    return words, ""


def _city(zips: list[dict[str, Any]]) -> Place:
    points = [(float(each["lat"]), float(each["long"])) for each in zips if each["lat"] and each["long"]]
    state = str(zips[0]["state"])
    return Place(
        zip="",
        city=str(zips[0]["city"]),
        county=Counter(str(each["county"]) for each in zips).most_common(1)[0][0],
        state=state,
        state_name=STATES.get(state, ""),
        latitude=sum(lat for lat, _long in points) / len(points) if points else None,
        longitude=sum(long for _lat, long in points) / len(points) if points else None,
    )


@cache
def _cities() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The ZIP codes in use, by the plain name of their city, then by state."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for each in _all().values():
        if each["active"] and each["city"]:
            found.setdefault(plain_word(str(each["city"])), {}).setdefault(str(each["state"]), []).append(
                each
            )
    return found


@lru_cache(maxsize=2048)
def zip_time_zone(zip_code: str) -> str:
    """The IANA time zone of a ZIP; '' when it is not known (the list has a town's name in its place once)."""
    found = _first(zip_code.strip())
    zone = str(found["timezone"] or "") if found else ""
    return zone if zone in known_zones() else ""


@cache
def known_zones() -> frozenset[str]:
    """Every IANA time zone by which clocks can be read here."""
    return frozenset(available_timezones())


@cache
def zip_points() -> tuple[tuple[str, float, float], ...]:
    """Every ZIP code in use with the longitude and latitude of its middle."""
    return tuple(
        (code, float(each["long"]), float(each["lat"]))
        for code, each in _all().items()
        if each["active"] and each["lat"] and each["long"]
    )


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
