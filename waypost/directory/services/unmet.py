"""Counting searches that found nothing. Nothing that could name a person is stored."""

from django.db import connection

from waypost.directory.needs import need_category
from waypost.directory.rules.asking import STOP_WORDS, plain_word, terms
from waypost.directory.rules.needs import needs_in
from waypost.directory.vocabulary import vocabulary
from waypost.directory.zips import place_named
from waypost.kernel.clock import today

LANGUAGES = ("en", "es")
MOST_WORDS = 3
OTHER = "?"  # words were typed of which the directory knows none


def record_unmet(*, words: str, need: str, place: str, language: str) -> None:
    """Add one to the day's count, for the need (or the first that the words mean) and each known word.

    Of other words only that there were some is kept; of the place the first three digits of the ZIP, or
    the county.
    """
    known = need if need_category(need) else next(iter(needs_in(vocabulary().needs, words)), "")
    area = _area(place)
    spoken = language if language in LANGUAGES else ""
    for word in _words(words) or [""]:
        if known or word:
            _add(known, word, area, spoken)


def _words(typed: str) -> list[str]:
    """The directory's own words among those typed, without accents; '?' where it knows none of them."""
    all_of_them = [plain_word(part) for term in terms(typed) for part in term.typed.split()]
    known = vocabulary().known - STOP_WORDS
    ours = [word for word in dict.fromkeys(all_of_them) if word in known and word.isalpha()][:MOST_WORDS]
    return ours or ([OTHER] if all_of_them else [])


def _area(place: str) -> str:
    found = place_named(place) if place.strip() else None
    if found is None:
        return ""
    return found.zip[:3] if found.zip else f"{found.county}, {found.state}"[:80]


def _add(need: str, word: str, area: str, language: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_unmetneed (day, need, word, area, language, count)"
            " VALUES (%s, %s, %s, %s, %s, 1) ON CONFLICT (day, need, word, area, language)"
            " DO UPDATE SET count = directory_unmetneed.count + 1",
            [today(), need, word, area, language],
        )
