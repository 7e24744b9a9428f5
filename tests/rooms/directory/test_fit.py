"""Fits, not known, may not: a table by hand."""

from decimal import Decimal

import pytest
from django.utils import translation

from waypost.directory.rules import Facts, FitReason, Listing, Place, ServesAnswer, Verdict, fit, serves
from waypost.directory.words import reason_words

SEATTLE = Place("98144", "Seattle", "King County", "WA", "Washington")
FITS, NOT_KNOWN, MAY_NOT = Verdict.FITS, Verdict.NOT_KNOWN, Verdict.MAY_NOT


@pytest.mark.parametrize(
    ("listing", "facts", "about", "verdict"),
    [
        (Listing(need_categories=("food-insecurity",)), Facts(need="food-insecurity"), "need", FITS),
        (Listing(need_categories=("stress",)), Facts(need="food-insecurity"), "need", MAY_NOT),
        (Listing(), Facts(need="food-insecurity"), "need", NOT_KNOWN),
        (Listing(minimum_age=Decimal(60)), Facts(age=59), "age", MAY_NOT),
        (Listing(minimum_age=Decimal(60)), Facts(age=60), "age", FITS),
        (Listing(maximum_age=Decimal(18)), Facts(age=18), "age", FITS),
        (Listing(maximum_age=Decimal(18)), Facts(age=19), "age", MAY_NOT),
        (Listing(), Facts(age=30), "age", NOT_KNOWN),
        (Listing(languages=("Spanish",)), Facts(language="es"), "language", FITS),
        (Listing(languages=("Chinese (Mandarin)",)), Facts(language="zh"), "language", FITS),
        (Listing(language_codes=("spa",)), Facts(language="Spanish"), "language", NOT_KNOWN),
        (Listing(language_codes=("es",)), Facts(language="Spanish"), "language", FITS),
        (Listing(languages=("English",)), Facts(language="es"), "language", NOT_KNOWN),
        (Listing(), Facts(language="es"), "language", NOT_KNOWN),
        (Listing(), Facts(language="en"), "language", FITS),
        (Listing(areas=("98144, 98118",)), Facts(place=SEATTLE), "area", FITS),
        (Listing(areas=("98118",)), Facts(place=SEATTLE), "area", MAY_NOT),
        (Listing(areas=("King County",)), Facts(place=SEATTLE), "area", FITS),
        (Listing(areas=("Tacoma",)), Facts(place=SEATTLE), "area", NOT_KNOWN),
        (Listing(), Facts(place=SEATTLE), "area", NOT_KNOWN),
        (Listing(eligibility="Income below 200 %"), Facts(), "eligibility", NOT_KNOWN),
        (Listing(capacity="accepting"), Facts(), "capacity", FITS),
        (Listing(capacity="full"), Facts(), "capacity", MAY_NOT),
    ],
)
def test_one_reason(listing: Listing, facts: Facts, about: str, verdict: Verdict) -> None:
    assert [(each.about, each.verdict) for each in fit(listing, facts).reasons] == [(about, verdict)]


def test_nothing_is_compared_that_was_not_told() -> None:
    assert (
        fit(Listing(minimum_age=Decimal(60), languages=("Hmong",), eligibility="None"), Facts()).reasons == ()
    )


def test_the_worst_reason_decides() -> None:
    listing = Listing(need_categories=("food-insecurity",), minimum_age=Decimal(60))
    assert fit(listing, Facts(need="food-insecurity", age=30)).verdict == MAY_NOT
    assert fit(listing, Facts(need="food-insecurity", language="es")).verdict == NOT_KNOWN
    assert fit(listing, Facts(need="food-insecurity", age=70)).verdict == FITS


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (("98144",), ServesAnswer.YES),
        (("All of Washington",), ServesAnswer.YES),
        (("98101", "98102"), ServesAnswer.NO),
        (("98101 and nearby",), ServesAnswer.NOT_KNOWN),
        (("King County except Seattle",), ServesAnswer.NO),
        ((" ",), ServesAnswer.NOT_KNOWN),
    ],
)
def test_serves(areas: tuple[str, ...], expected: ServesAnswer) -> None:
    assert serves(areas, SEATTLE) == expected


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (FitReason("age", FITS, "60-"), "the age fits (60 and over)"),
        (FitReason("age", MAY_NOT, "12-18"), "is for ages 12 to 18"),
        (FitReason("language", FITS, "spanish"), "speaks Spanish"),
        (FitReason("need", FITS, "food-insecurity"), "helps with: Food"),
        (FitReason("capacity", MAY_NOT, "waitlist"), "has a waiting list"),
    ],
)
def test_reasons_in_words(reason: FitReason, words: str) -> None:
    with translation.override("en"):
        assert reason_words(reason) == words
