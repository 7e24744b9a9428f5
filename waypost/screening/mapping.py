"""Which answer is which need: a mapping file, read into plain values.

    {"first_priority": "<linkId>", "priority_words": "<linkId>", "alone_only": ["<linkId>", ...],
     "wishes": {"<code>": "yes" | "no" | "later"},
     "needs": [{"category": "food-insecurity", "question": "<linkId>", "answers": ["<code>", ...],
                "at_least": 3, "wants_help": "<linkId>", "words": "<linkId>", "z_code": "Z59.41"}, ...]}

Only ``category`` and ``question`` must be there, with either ``answers`` or ``at_least`` (a number), or
neither: then any answer at all is a need. ``wishes`` translates the answers to "do you want help?" where
they are not the codes yes, no and later.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from waypost.screening.cards import Form

ICD10 = re.compile(r"^[A-TV-Z]\d[0-9AB](\.[0-9A-Z]{1,4})?$")
RULE_KEYS = frozenset({"category", "question", "answers", "at_least", "wants_help", "words", "z_code"})
MAPPING_KEYS = frozenset({"first_priority", "priority_words", "alone_only", "wishes", "needs", "note"})
WISHES = ("yes", "no", "later")


class BadMapping(ValueError):
    """A mapping that cannot be meant; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class NeedRule:
    """These answers to this question are a need of this category."""

    category: str
    question: str
    answers: frozenset[str] = frozenset()
    at_least: Decimal | None = None
    wants_help: str = ""
    words: str = ""
    z_code: str = ""


@dataclass(frozen=True, slots=True)
class NeedMapping:
    """A mapping file."""

    rules: tuple[NeedRule, ...] = ()
    first_priority: str = ""
    priority_words: str = ""
    alone_only: frozenset[str] = frozenset()
    wishes: Mapping[str, str] = field(default_factory=lambda: {each: each for each in WISHES})


def read_mapping(data: Mapping[str, Any] | None) -> NeedMapping:
    """The mapping as values; raises BadMapping where its shape is wrong."""
    if not data:
        return NeedMapping()
    if not isinstance(data, Mapping) or set(data) - MAPPING_KEYS:
        raise BadMapping(f"it may hold {', '.join(sorted(MAPPING_KEYS))} only")
    rules = data.get("needs", [])
    if not isinstance(rules, list):
        raise BadMapping("needs must be a list")
    return NeedMapping(
        rules=tuple(_rule(each, number) for number, each in enumerate(rules, 1)),
        first_priority=_text(data, "first_priority"),
        priority_words=_text(data, "priority_words"),
        alone_only=frozenset(_texts(data, "alone_only")),
        wishes=_wishes(data.get("wishes", {})),
    )


def check_mapping(mapping: NeedMapping, form: Form, categories: Collection[str]) -> None:
    """Raises BadMapping where the mapping names what the questionnaire or the category list does not have."""
    options = {each.link_id: {option.code for option in each.options} for each in form.questions}
    named = [mapping.first_priority, mapping.priority_words, *mapping.alone_only]
    for rule in mapping.rules:
        named += [rule.question, rule.wants_help, rule.words]
        if rule.category not in categories:
            raise BadMapping(f"{rule.category} is not a category of needs")
        strange = rule.answers - options.get(rule.question, rule.answers)
        if strange:
            raise BadMapping(f"question {rule.question} has no answer {', '.join(sorted(strange))}")
    offered = options.get(mapping.first_priority, set()) - set(categories)
    if offered:
        raise BadMapping(f"the first priority offers {', '.join(sorted(offered))}, which are no categories")
    for link_id in named:
        if link_id and link_id not in options:
            raise BadMapping(f"the questionnaire has no question {link_id}")


def _rule(data: Any, number: int) -> NeedRule:
    where = f"needs, number {number}"
    if not isinstance(data, dict) or set(data) - RULE_KEYS:
        raise BadMapping(f"{where}: it may hold {', '.join(sorted(RULE_KEYS))} only")
    if not _text(data, "category") or not _text(data, "question"):
        raise BadMapping(f"{where}: category and question must be there")
    z_code = _text(data, "z_code")
    if z_code and not ICD10.match(z_code):
        raise BadMapping(f"{where}: {z_code} is not an ICD-10-CM code")
    return NeedRule(
        category=_text(data, "category"),
        question=_text(data, "question"),
        answers=frozenset(_texts(data, "answers")),
        at_least=_number(data.get("at_least"), where),
        wants_help=_text(data, "wants_help"),
        words=_text(data, "words"),
        z_code=z_code,
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise BadMapping(f"{key} must be a text")
    return value


def _texts(data: Mapping[str, Any], key: str) -> list[str]:
    values = data.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadMapping(f"{key} must be a list of texts")
    return values


def _wishes(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value.values()) <= set(WISHES):
        raise BadMapping("wishes must turn codes into yes, no or later")
    return {**{each: each for each in WISHES}, **value}


def _number(value: Any, where: str) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise BadMapping(f"{where}: at_least must be a number") from None
