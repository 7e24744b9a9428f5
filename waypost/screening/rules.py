"""Which questions count, what is wrong with the answers, and which needs they tell of. Pure."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from waypost.screening.cards import Condition, Form, Question
from waypost.screening.mapping import NeedMapping, NeedRule

Answers = Mapping[str, Sequence[str]]

TEXT_LIMIT = 500
LONG_TEXT_LIMIT = 5000
NUMBER_LIMIT = Decimal(10) ** 12
UNKNOWN = "unknown"


def cleaned(answers: Answers) -> dict[str, list[str]]:
    """The answers without empty ones and without characters that no database keeps."""
    tidy = {key: [value.replace("\x00", "").strip() for value in values] for key, values in answers.items()}
    return {key: kept for key, values in tidy.items() if (kept := [value for value in values if value])}


def counts(question: Question, answers: Answers) -> bool:
    """Whether this question is to be asked, given the other answers (FHIR enableWhen, enableBehavior)."""
    return all(
        (all if gate.every else any)(_holds(each, answers) for each in gate.conditions)
        for gate in question.gates
    )


def counted(form: Form, answers: Answers) -> dict[str, list[str]]:
    """Only the answers that count; what stands under a question that does not count falls away too."""
    kept = {key: list(values) for key, values in answers.items()}
    while True:
        gone = [each.link_id for each in form.questions if each.link_id in kept and not counts(each, kept)]
        if not gone:
            return kept
        for link_id in gone:
            del kept[link_id]


def _holds(condition: Condition, answers: Answers) -> bool:
    given = answers.get(condition.question, ())
    if condition.operator == "exists":
        return bool(given) == (condition.answer == "true")
    return any(_compare(value, condition.operator, condition.answer) for value in given)


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def _compare(value: str, sign: str, answer: str) -> bool:
    if sign in ("=", "!="):
        return (value == answer) == (sign == "=")
    left, right = number(value), number(answer)
    if left is not None and right is not None:
        return _ORDER[sign](left, right)
    return _ORDER[sign](value, answer)  # dates in ISO form sort as texts


def number(text: str) -> Decimal | None:
    """A plain number, with a comma or a point for the decimals; None for anything else."""
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < NUMBER_LIMIT else None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer. ``code``: empty, unknown, required, one_only, option, too_long, number,
    whole_number, date, alone_only; ``limit``: characters, for too_long.
    """

    link_id: str
    code: str
    limit: int = 0


def faults(form: Form, answers: Answers, *, never: frozenset[str] = frozenset()) -> tuple[Fault, ...]:
    """Everything wrong with these answers, in the order of the form. ``never``: not asked in this way."""
    known = {each.link_id for each in form.questions}
    found = [Fault(link_id, "unknown") for link_id in sorted(set(answers) - known)]
    live = counted(form, answers)
    if not answers:
        found.append(Fault("", "empty"))
    for question in form.questions:
        given = answers.get(question.link_id, ())
        if given and question.link_id in never:
            found.append(Fault(question.link_id, "alone_only"))
        elif not given and _wanted(question, live, never):
            found.append(Fault(question.link_id, "required"))
        else:
            found.extend(_question_faults(question, given))
    return tuple(found)


def _wanted(question: Question, live: Answers, never: frozenset[str]) -> bool:
    return question.required and question.link_id not in never and counts(question, live)


def _question_faults(question: Question, given: Sequence[str]) -> list[Fault]:
    if len(given) > 1 and not question.many:
        return [Fault(question.link_id, "one_only")]
    for value in given:
        fault = _value_fault(question, value)
        if fault is not None:
            return [fault]
    return []


def _value_fault(question: Question, value: str) -> Fault | None:
    code, limit = "", 0
    if question.kind in ("choice", "choices", "boolean"):
        code = "" if value in {option.code for option in question.options} else "option"
    elif question.kind == "integer":
        parsed = number(value)
        code = "" if parsed is not None and parsed == parsed.to_integral_value() else "whole_number"
    elif question.kind == "decimal":
        code = "" if number(value) is not None else "number"
    elif question.kind == "date":
        code = "" if _is_date(value) else "date"
    else:
        limit = question.max_length or (LONG_TEXT_LIMIT if question.kind == "long_text" else TEXT_LIMIT)
        code = "too_long" if len(value) > limit else ""
    return Fault(question.link_id, code, limit) if code else None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class FoundNeed:
    """A need that the answers tell of. ``rank`` 1: the person named it first."""

    category: str
    wants_help: str = UNKNOWN
    rank: int | None = None
    words: str = ""
    z_code: str = ""


def needs_from(answers: Answers, mapping: NeedMapping) -> tuple[FoundNeed, ...]:
    """The needs in these answers, one a category: the person's own priority first, then as mapped.

    What somebody names as her first priority is a need even where the list below was left empty.
    """
    found: dict[str, FoundNeed] = {}
    words = " ".join(answers.get(mapping.priority_words, ()))
    for category in answers.get(mapping.first_priority, ()):
        found[category] = FoundNeed(category, rank=1, words=words)
    for rule in mapping.rules:
        if _applies(rule, answers):
            need = found.get(rule.category, FoundNeed(rule.category))
            found[rule.category] = _joined(need, rule, mapping.wishes, answers)
    return tuple(found.values())


def _applies(rule: NeedRule, answers: Answers) -> bool:
    given = answers.get(rule.question, ())
    if rule.at_least is not None:
        return any((value := number(each)) is not None and value >= rule.at_least for each in given)
    return bool(rule.answers.intersection(given)) if rule.answers else bool(given)


def _joined(need: FoundNeed, rule: NeedRule, wishes: Mapping[str, str], answers: Answers) -> FoundNeed:
    wished = [wishes[each] for each in answers.get(rule.wants_help, ()) if each in wishes]
    said = " ".join(answers.get(rule.words, ()))
    return replace(
        need,
        wants_help=wished[0] if wished and need.wants_help == UNKNOWN else need.wants_help,
        words=need.words or said,
        z_code=need.z_code or rule.z_code,
    )
