"""A taxonomy as plain data, and what makes it one: codes once, parents that are there, no rings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

DEEPEST = 10
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Term:
    """``names``: translations by language (two letters)."""

    code: str
    name: str
    parent: str = ""
    description: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one term."""

    code: str
    why: str  # 'twice', 'no_parent', 'ring', 'deep', 'no_name'


def problems(terms: Sequence[Term]) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the terms."""
    parents = {term.code: term.parent for term in terms}
    seen: set[str] = set()
    found = []
    for term in terms:
        if term.code in seen:
            found.append(Problem(term.code, "twice"))
        seen.add(term.code)
        if not term.code or not term.name.strip() or len(term.name) > LONGEST_NAME:
            found.append(Problem(term.code, "no_name"))
        if term.parent and term.parent not in parents:
            found.append(Problem(term.code, "no_parent"))
        elif why := _climb(term.code, parents):
            found.append(Problem(term.code, why))
    return tuple(found)


def _climb(code: str, parents: Mapping[str, str]) -> str:
    """'' when a root is reached within ten steps."""
    above, passed = parents.get(code, ""), {code}
    while above:
        if above in passed:
            return "ring"
        if len(passed) > DEEPEST:
            return "deep"
        passed.add(above)
        above = parents.get(above, "")
    return ""
