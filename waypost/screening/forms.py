"""Forms as JSON and back: how the instrument table keeps them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from waypost.screening.cards import Condition, Form, Gate, Option, Question, Section


def as_json(form: Form) -> dict[str, Any]:
    """A form as plain lists and dictionaries."""
    return asdict(form)


def from_json(data: Mapping[str, Any]) -> Form:
    """The form that ``as_json`` wrote."""
    return Form(
        title=data["title"],
        sections=tuple(
            Section(
                link_id=section["link_id"],
                title=section["title"],
                text=section["text"],
                questions=tuple(_question(each) for each in section["questions"]),
            )
            for section in data["sections"]
        ),
    )


def _question(data: Mapping[str, Any]) -> Question:
    return Question(
        **{
            **data,
            "options": tuple(Option(**each) for each in data["options"]),
            "gates": tuple(
                Gate(tuple(Condition(**each) for each in gate["conditions"]), gate["every"])
                for gate in data["gates"]
            ),
        }
    )
