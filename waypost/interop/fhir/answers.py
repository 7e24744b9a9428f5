"""The answers a question offers, and the answers on which it depends."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from waypost.interop.fhir.nodes import say, texts
from waypost.kernel.errors import Refused
from waypost.screening.cards import Condition, Gate, Option

OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
YES_NO = {"en": ("Yes", "No"), "es": ("Sí", "No")}
CODE_LIMIT = 300

Concepts = list[dict[str, Any]]


def contained_value_sets(definition: dict[str, Any]) -> dict[str, Concepts]:
    """The value sets inside the file, by the reference (``#id``) that questions use."""
    contained = definition.get("contained", [])
    return {
        f"#{each.get('id')}": _concepts(each)
        for each in (contained if isinstance(contained, list) else [])
        if isinstance(each, dict) and each.get("resourceType") == "ValueSet"
    }


def _concepts(value_set: dict[str, Any]) -> Concepts:
    expansion = value_set.get("expansion")
    if isinstance(expansion, dict):
        return _dicts(expansion.get("contains"))
    compose = value_set.get("compose")
    includes = _dicts(compose.get("include")) if isinstance(compose, dict) else []
    return [concept for include in includes for concept in _dicts(include.get("concept"))]


def _dicts(value: Any) -> Concepts:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def options(item: dict[str, Any], value_sets: Mapping[str, Concepts], language: str) -> tuple[Option, ...]:
    """What can be ticked; yes and no for a boolean; none where the file does not hold the list."""
    if item.get("type") == "boolean":
        yes, no = YES_NO.get(language, YES_NO["en"])
        return (Option("true", yes), Option("false", no))
    if item.get("type") not in ("choice", "open-choice"):
        return ()
    offered = [_option(item, each, language) for each in _dicts(item.get("answerOption"))]
    concepts = value_sets.get(texts(item, "answerValueSet"), [])
    offered += [_coded(item, each, language) for each in concepts]
    return _distinct(item, offered)


def _option(item: dict[str, Any], offered: dict[str, Any], language: str) -> Option:
    coding = offered.get("valueCoding")
    if isinstance(coding, dict):
        return _coded(item, coding, language)
    for key in ("valueString", "valueInteger", "valueDate", "valueTime"):
        if key in offered and not isinstance(offered[key], dict | list | None):
            value = str(offered[key]).strip()
            return _checked(item, value, say(offered, key, language) or value)
    raise Refused(_("Question %(id)s offers an answer that cannot be read.") % {"id": item["linkId"]})


def _coded(item: dict[str, Any], coding: dict[str, Any], language: str) -> Option:
    code = texts(coding, "code") or texts(coding, "display")
    spoken = {texts(each, "language"): texts(each, "value") for each in _dicts(coding.get("designation"))}
    return _checked(item, code, spoken.get(language) or say(coding, "display", language) or code)


def _checked(item: dict[str, Any], code: str, text: str) -> Option:
    if not code or len(code) > CODE_LIMIT:
        raise Refused(_("Question %(id)s offers an answer that cannot be read.") % {"id": item["linkId"]})
    return Option(code, text)


def _distinct(item: dict[str, Any], offered: list[Option]) -> tuple[Option, ...]:
    if len({each.code for each in offered}) < len(offered):
        raise Refused(_("Question %(id)s offers the same answer twice.") % {"id": item["linkId"]})
    return tuple(offered)


def gates(item: dict[str, Any], *, known: Collection[str], left_out: Collection[str]) -> tuple[Gate, ...]:
    """When this item is asked (enableWhen). A condition on a question that is not asked falls away."""
    listed = item.get("enableWhen", [])
    if not isinstance(listed, list):
        raise Refused(_("It cannot be read when question %(id)s is asked.") % {"id": item["linkId"]})
    every = item.get("enableBehavior") == "all"
    conditions = [_condition(item, each) for each in listed]
    for each in conditions:
        if each.question not in known:
            raise Refused(
                _("Question %(id)s depends on question %(other)s, which is not in the file.")
                % {"id": item["linkId"], "other": each.question}
            )
    asked = tuple(each for each in conditions if each.question not in left_out)
    if not asked or (len(asked) < len(conditions) and not every):
        return ()
    return (Gate(asked, every),)


def _condition(item: dict[str, Any], data: Any) -> Condition:
    if isinstance(data, dict) and data.get("operator") in OPERATORS and texts(data, "question"):
        for key, value in data.items():
            if key.startswith("answer"):
                return Condition(texts(data, "question"), data["operator"], _value(value))
    raise Refused(_("It cannot be read when question %(id)s is asked.") % {"id": item["linkId"]})


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return texts(value, "code") or texts(value, "display") or str(value.get("value", ""))
    return str(value)
