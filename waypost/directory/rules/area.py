"""Whom a service serves, by place: yes, no or not known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from waypost.directory.rules.needs import plain
from waypost.directory.rules.shapes import miles_outside

FAR = 25.0  # miles: a place is known by the middle of its ZIP, which is seldom wider
_ZIP = re.compile(r"\b\d{5}\b")
_EXCEPT = re.compile(r"\b(?:except(?:ing)?(?: for)?|excluding|but not|other than)\b", re.I)
_OUTSIDE = re.compile(r"\boutside\b", re.I)
_SHAPE = re.compile(r"(?:\{|(?:SRID=\d+;)?\s*(?:MULTI)?POLYGON)", re.I)


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
    """Whether the service areas, in words or as shapes, take in the place.

    Yes: the ZIP, or the city's, county's or state's name stands there and is not excepted; or the place
    lies in a shape. No: it is excepted by its ZIP or city; or the areas are lists of ZIP codes only, without
    this one; or shapes only, all more than 25 miles off. Otherwise not known.
    """
    texts = [text for text in areas if text.strip()]
    if place is None or not texts:
        return ServesAnswer.NOT_KNOWN
    answers = {_answer(text, place) for text in texts}
    if ServesAnswer.YES in answers:
        return ServesAnswer.YES
    return ServesAnswer.NO if answers == {ServesAnswer.NO} else ServesAnswer.NOT_KNOWN


def _answer(text: str, place: Place) -> ServesAnswer:
    if _SHAPE.match(text.strip()):
        return _by_shape(text, place)
    if _OUTSIDE.search(text):
        return ServesAnswer.NOT_KNOWN
    included, *excepted = _EXCEPT.split(text, maxsplit=1)
    if excepted:
        return _with_exception(included, excepted[0], place)
    return _by_words(text, place)


def _by_words(text: str, place: Place) -> ServesAnswer:
    zips = _ZIP.findall(text)
    if place.zip and place.zip in zips:
        return ServesAnswer.YES
    if _named(text, (place.city, place.county, place.state_name)):
        return ServesAnswer.YES
    if place.zip and zips and not _ZIP.sub("", text).strip(" ,;"):
        return ServesAnswer.NO
    return ServesAnswer.NOT_KNOWN


def _with_exception(included: str, excepted: str, place: Place) -> ServesAnswer:
    """'King County except Seattle': no in Seattle, yes in another city of the county."""
    if (place.zip and place.zip in _ZIP.findall(excepted)) or _named(excepted, (place.city,)):
        return ServesAnswer.NO
    if _by_words(included, place) == ServesAnswer.YES and place.city:
        return ServesAnswer.YES if not _named(excepted, (place.county,)) else ServesAnswer.NOT_KNOWN
    return ServesAnswer.NOT_KNOWN


def _named(text: str, names: Iterable[str]) -> bool:
    """One of the names alone, or in a list ("all of San Mateo County")."""
    searched = plain(text)
    return any(plain(name) in searched for name in names if name)


def _by_shape(text: str, place: Place) -> ServesAnswer:
    if place.latitude is None or place.longitude is None:
        return ServesAnswer.NOT_KNOWN
    miles = miles_outside(text, place.longitude, place.latitude)
    if miles is None:
        return ServesAnswer.NOT_KNOWN
    if miles == 0:
        return ServesAnswer.YES
    return ServesAnswer.NO if miles > FAR else ServesAnswer.NOT_KNOWN
