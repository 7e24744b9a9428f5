"""Who may agree for somebody under age: a dated table, age × matter × place.

``data/minors.json`` holds it; each row says how far it was compared with the statute, on which words it
rests and which text was read. Whoever runs a network has counsel look at the rows of its own place first.
Where no row says otherwise a parent or guardian agrees (45 CFR 164.502(g)(3)).

To a record of a program for alcohol or drugs a parent never agrees alone: the minor signs, alone or beside a
parent, as the state has it (42 CFR 2.14). Which of the two turns on the state, and to tell a parent at all
may be what is forbidden; so where no state is set nobody can agree to it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

ADULT = 18
GENERAL = "general"
PART2_RECORD = "part2_record"
MINOR_CONSENTED = "minor_consented"  # on what a young person asked for alone
COUNTRY = "US"
SELF, TOGETHER = "alone", "together"
DATA = Path(__file__).parent / "data" / "minors.json"

# Why somebody under age may agree to everything alone; the words stand with the form.
ALONE = ("emancipated", "married", "on_their_own")


@dataclass(frozen=True, slots=True)
class AgeRule:
    """From this age on, a young person agrees to help with this matter, alone or together with a parent."""

    matter: str
    from_age: int
    where: str
    who: str
    valid_from: date
    valid_to: date | None
    citation: str
    checked: str
    words: str
    read: str

    def holds(self, day: date, where: str) -> bool:
        """Whether it counts on this day in this place; a row for "US" counts in every state."""
        within = self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
        return within and (where == self.where or where.startswith(f"{self.where}-"))


@dataclass(frozen=True, slots=True)
class Who:
    """To what the young person agrees alone, to what together with a parent, to what a parent does, and what
    waits until somebody has said which state's law counts."""

    alone: frozenset[str]
    with_parent: frozenset[str]
    together: frozenset[str] = frozenset()
    no_state: frozenset[str] = frozenset()


@cache
def rules() -> tuple[AgeRule, ...]:
    """The table that comes with Waypost."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["rules"]
    return tuple(
        AgeRule(
            matter=row["matter"],
            from_age=row["from_age"],
            where=row["where"],
            who=row["who"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
            citation=row["citation"],
            checked=row["checked"],
            words=row["words"],
            read=row["read"],
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
    no_state = asked & {PART2_RECORD} if where == COUNTRY else frozenset[str]()
    said = {each: _who(age, each, where=where, day=day) for each in asked - no_state}
    alone, together = (frozenset(each for each in said if said[each] == way) for way in (SELF, TOGETHER))
    return Who(alone, asked - alone - together - no_state, together, no_state)


def _who(age: int, matter: str, *, where: str, day: date) -> str:
    """Alone, together, or '' for a parent; a row of the state counts before one of the country."""
    found = [
        each for each in rules() if each.matter == matter and age >= each.from_age and each.holds(day, where)
    ]
    return max(found, key=lambda each: each.where != COUNTRY).who if found else ""
