"""Whom a service serves, by place: yes, no or not known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from waypost.directory.rules.needs import plain

_ZIP = re.compile(r"\b\d{5}\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives, as far as it was told: a ZIP with its city, county and state; or no ZIP."""

    zip: str
    city: str = ""
    county: str = ""
    state: str = ""
    state_name: str = ""
    latitude: float | None = None
    longitude: float | None = None


class ServesAnswer(StrEnum):
    """Eligibility by place is three-valued: not known is never taken for no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


def serves(areas: Iterable[str], place: Place | None) -> ServesAnswer:
    """Whether the words of the service areas take in the place.

    Yes: the ZIP, or the city's, county's or state's name stands there. No: the areas are lists of ZIP
    codes only, without this one. Otherwise not known.
    """
    texts = [text for text in areas if text.strip()]
    if place is None or not texts:
        return ServesAnswer.NOT_KNOWN
    zips = {code for text in texts for code in _ZIP.findall(text)}
    if place.zip in zips:
        return ServesAnswer.YES
    names = [plain(name) for name in (place.city, place.county, place.state_name) if name]
    if any(_is_area(plain(text), name) for text in texts for name in names):
        return ServesAnswer.YES
    if place.zip and zips and all(not _ZIP.sub("", text).strip(" ,;") for text in texts):
        return ServesAnswer.NO
    return ServesAnswer.NOT_KNOWN


def _is_area(text: str, name: str) -> bool:
    """The name alone, or as one of a list ("all of San Mateo County"); not "outside of"."""
    return name in text and " except " not in text and " outside " not in text
