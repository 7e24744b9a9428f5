"""Who may agree for somebody under age: a dated table, age × matter × place.

``data/minors.json`` holds it. Its rows are general knowledge, not compared with the statutes, as each says
("unchecked"), and whoever runs a network has counsel look at the rows of its own place first. Where no row
lets a young person agree alone, a parent or guardian agrees (45 CFR 164.502(g)(3)).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

ADULT = 18
GENERAL = "general"
DATA = Path(__file__).parent / "data" / "minors.json"

# Why somebody under age may agree to everything alone; the words stand with the form.
ALONE = ("emancipated", "married", "on_their_own")


@dataclass(frozen=True, slots=True)
class AgeRule:
    """From this age on, a young person agrees alone to help with this matter, there and then."""

    matter: str
    from_age: int
    where: str
    valid_from: date
    valid_to: date | None
    citation: str
    checked: str

    def holds(self, day: date, where: str) -> bool:
        """Whether it counts on this day in this place; a row for "US" counts in every state."""
        within = self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
        return within and (where == self.where or where.startswith(f"{self.where}-"))


@dataclass(frozen=True, slots=True)
class Who:
    """To what the young person agrees alone, and to what a parent or guardian does."""

    alone: frozenset[str]
    with_parent: frozenset[str]


@cache
def rules() -> tuple[AgeRule, ...]:
    """The table that comes with Waypost."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["rules"]
    return tuple(
        AgeRule(
            matter=row["matter"],
            from_age=row["from_age"],
            where=row["where"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
            citation=row["citation"],
            checked=row["checked"],
        )
        for row in rows
    )


def who_agrees(age: int | None, matters: Iterable[str], *, where: str, day: date) -> Who:
    """Who agrees to these matters (``general``: everything ordinary) at this age; adults to all, alone.

    An age that nobody knows is taken for an adult's: many people do not tell it, and nobody is sent away.
    """
    asked = frozenset(matters)
    if age is None or age >= ADULT:
        return Who(asked, frozenset())
    alone = {
        each.matter
        for each in rules()
        if each.matter in asked and age >= each.from_age and each.holds(day, where)
    }
    return Who(frozenset(alone), asked - alone)
