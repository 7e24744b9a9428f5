"""Mapping files that cannot be meant are refused with the reason."""

from typing import Any

import pytest

from waypost.screening.cards import Form, Option, Question, Section
from waypost.screening.categories import CODES, NEEDS, sensitivities_of
from waypost.screening.mapping import BadMapping, check_mapping, read_mapping

FORM = Form(
    "Form",
    (
        Section(
            "s",
            "",
            "",
            (
                Question("food", "choice", "Food?", options=(Option("yes", "Yes"), Option("no", "No"))),
                Question("first", "choice", "First?", options=(Option("stress", "Stress"),)),
                Question("words", "text", "In your words"),
            ),
        ),
    ),
)


def need(**more: Any) -> dict[str, Any]:
    return {"needs": [{"category": "food-insecurity", "question": "food", "answers": ["yes"], **more}]}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"needz": []}, "only"),
        ({"needs": {}}, "list"),
        ({"needs": ["food"]}, "number 1"),
        ({"needs": [{"category": "food-insecurity"}]}, "must be there"),
        (need(category="hunger"), "hunger is not a category"),
        (need(question="fod", answers=[]), "no question fod"),
        (need(answers=["oui"]), "no answer oui"),
        (need(answers="yes"), "list of texts"),
        (need(wants_help="nowhere"), "no question nowhere"),
        (need(z_code="hunger"), "not an ICD-10-CM code"),
        (need(at_least="many"), "must be a number"),
        (need(category=7), "must be a text"),
        (need(severity="high"), "only"),
        ({"alone_only": ["nowhere"]}, "no question nowhere"),
        ({"first_priority": "food"}, "no categories"),
        ({"wishes": {"LA33-6": "perhaps"}}, "yes, no or later"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(data: dict[str, Any], why: str) -> None:
    with pytest.raises(BadMapping, match=why):
        check_mapping(read_mapping(data), FORM, CODES)


@pytest.mark.parametrize(
    "data", [None, {}, need(), need(z_code="Z59.41"), {"first_priority": "first", "priority_words": "words"}]
)
def test_a_mapping_that_fits_its_form_is_taken(data: dict[str, Any] | None) -> None:
    check_mapping(read_mapping(data), FORM, CODES)


def test_there_are_the_24_categories_of_the_value_set_and_a_strength_is_no_need() -> None:
    assert len(CODES) == len(set(CODES)) == 24
    assert set(CODES) - set(NEEDS) == {"protective-factor"}


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("intimate-partner-violence", ("violence",)),
        ("elder-abuse", ("violence",)),
        ("incarceration-status", ("justice",)),
        ("food-insecurity", ()),
    ],
)
def test_some_needs_are_especially_sensitive(category: str, expected: tuple[str, ...]) -> None:
    assert sensitivities_of(category) == expected
