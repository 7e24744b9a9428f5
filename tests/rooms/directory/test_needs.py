"""From terms and words to need categories."""

import pytest

from waypost.directory.needs import need_words
from waypost.directory.rules import classify_service, needs_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("comida", "food-insecurity"),
        ("banco de alimentos", "food-insecurity"),
        ("Food pantry", "food-insecurity"),
        ("groceries", "food-insecurity"),
        ("rent", "housing-instability"),
        ("desalojo", "housing-instability"),
        ("albergue", "homelessness"),
        ("shelter", "homelessness"),
        ("recibo de luz", "utility-insecurity"),
        ("LIHEAP", "utility-insecurity"),
        ("autobus", "transportation-insecurity"),
        ("empleo", "employment-status"),
        ("seguro médico", "health-insurance-coverage-status"),
        ("seguro medico", "health-insurance-coverage-status"),
        ("violencia doméstica", "intimate-partner-violence"),
        ("clases de inglés", "language-access"),
        ("pañales", "material-hardship"),
    ],
)
def test_words_in_both_languages(words: str, expected: str) -> None:
    assert expected in needs_in(need_words(), words)


def test_only_whole_words_count() -> None:
    assert needs_in(need_words(), "parental advice on different trends") == ()


def test_terms_and_name_come_before_the_description() -> None:
    found = classify_service(
        need_words(), terms=["Food Pantry"], name="Tuesday table", description="We do not help with rent."
    )
    assert found == ("food-insecurity",)
    assert classify_service(need_words(), terms=[], name="Tuesday table", description="Hot meals") == (
        "food-insecurity",
    )
