"""The words of the forms can be read: eighth grade in English, and as easy in Spanish.

Flesch-Kincaid grade level (Kincaid and others, 1975): 0.39 × words per sentence + 11.8 × syllables per word
− 15.59. Fernández-Huerta (1959): 206.84 − 60 × syllables per word − 1.02 × words per sentence; 60 to 70 is
read by an eighth grade, more is easier. Both are taken over a whole form, without names.
"""

import re
from datetime import date
from itertools import pairwise

import pytest

from waypost.web.staff import form_words

EIGHTH = 8.0
EASY = 60.0
FORMS: dict[str, tuple[dict[str, object], bool]] = {
    "spoken, any partner": ({}, False),
    "signed, any partner": ({}, True),
    "named, private matters": ({"recipient_names": ("Ann",), "sensitive": ("violence",)}, True),
    "a program for alcohol or drugs": ({"program": True, "sensitive": ("substance_use",)}, True),
    "others may tell us": ({"tellers": ("Bo",), "reply": False}, True),
    "for studies too": ({"purposes": ("care_coordination", "research")}, True),
}


def words(name: str, language: str) -> list[str]:
    changes, signed = FORMS[name]
    given: dict[str, object] = {
        "organization": "Ann",
        "topics": ("identity", "contact", "food-insecurity"),
        "recipient_ids": (),
        "recipient_names": (),
        "ends_on": date(2027, 5, 3),
        "reply": True,
        "sensitive": (),
        **changes,
    }
    return form_words.read_aloud(form_words.Terms(**given), language, signed=signed)  # type: ignore[arg-type]


def split(lines: list[str]) -> tuple[list[str], int]:
    """Words, and how many sentences."""
    text = " ".join(lines)
    found = re.findall(r"[^\W\d_]+", text)
    return found, len(re.findall(r"[.!?](?=\s|$)", text))


def english(word: str) -> int:
    """Syllables: groups of vowels, without a silent e at the end."""
    plain = word.lower()
    count = len(re.findall(r"[aeiouy]+", plain))
    silent = plain.endswith("e") and not plain.endswith("le") and count > 1
    return max(1, count - silent)


def spanish(word: str) -> int:
    """Syllables: vowels, but that two make one where one of them is an unaccented i or u."""
    plain = re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.lower())
    vowels = "aeiouáéíóúü"
    count = sum(each in vowels for each in plain)
    together = sum(
        one in vowels and two in vowels and (one in "iuü" or two in "iuü") for one, two in pairwise(plain)
    )
    return max(1, count - together)


def grade(lines: list[str]) -> float:
    found, sentences = split(lines)
    return 0.39 * len(found) / sentences + 11.8 * sum(map(english, found)) / len(found) - 15.59


def ease(lines: list[str]) -> float:
    found, sentences = split(lines)
    return 206.84 - 60 * sum(map(spanish, found)) / len(found) - 1.02 * len(found) / sentences


def test_the_measures_know_easy_from_hard() -> None:
    easy, hard = (
        ["The cat sat on the mat. It was red."],
        ["Authorization constitutes irrevocable acknowledgement of redisclosure responsibilities."],
    )
    assert grade(easy) < 2
    assert grade(hard) > 12
    assert ease(["El gato come pan. La casa es roja."]) > 90
    assert ease(["La autorización constituye reconocimiento irrevocable de responsabilidades."]) < 0


@pytest.mark.parametrize(("word", "count"), [("help", 1), ("private", 2), ("community", 4), ("time", 1)])
def test_syllables_in_english(word: str, count: int) -> None:
    assert english(word) == count


@pytest.mark.parametrize(
    ("word", "count"), [("ayuda", 3), ("cuenta", 2), ("día", 2), ("quién", 1), ("comunidad", 4)]
)
def test_syllables_in_spanish(word: str, count: int) -> None:
    assert spanish(word) == count


@pytest.mark.parametrize("name", FORMS)
def test_an_eighth_grade_reads_the_english_words(name: str) -> None:
    assert grade(words(name, "en")) <= EIGHTH


@pytest.mark.parametrize("name", FORMS)
def test_the_spanish_words_are_as_easy(name: str) -> None:
    assert ease(words(name, "es")) >= EASY
