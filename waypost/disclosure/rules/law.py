"""The law as data: rules with a citation, a place and dates, each of which can be switched.

``data/law.json`` holds them. ``checked`` says how sure the wording is: "regulation" (read in the regulation's
own words), "published" (seen in a published source that quotes or explains it), "unchecked" (general
knowledge, not compared with the text). ``words`` quotes what the rule rests on, ``read`` says which text, of
what date, was read, and what was not.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: in force from ``valid_from`` up to the day before ``valid_to``, where ``on``."""

    code: str
    citation: str
    title: str
    where: str
    valid_from: date
    valid_to: date | None
    on: bool
    checked: str
    words: str = ""
    read: str = ""

    def holds(self, day: date, where: str) -> bool:
        """Whether it counts on this day in this jurisdiction ("US" holds in every state: "US-WA")."""
        begun = self.valid_from <= day
        ended = self.valid_to is not None and day >= self.valid_to
        return self.on and begun and not ended and self.covers(where)

    def covers(self, where: str) -> bool:
        """Whether it is said of this jurisdiction."""
        return where == self.where or where.startswith(f"{self.where}-")


@dataclass(frozen=True, slots=True)
class Law:
    """All rules by code; a code may stand for several periods or places."""

    rules: tuple[Rule, ...]

    def holds(self, code: str, day: date, where: str = "US") -> bool:
        """Whether this rule counts on that day. Raises KeyError for a code nobody knows.

        What is said for a state goes before what is said for the whole country.
        """
        found = [each for each in self.rules if each.code == code]
        if not found:
            raise KeyError(code)
        here = [each for each in found if each.covers(where)]
        nearest = max((len(each.where) for each in here), default=0)
        return any(each.holds(day, where) for each in here if len(each.where) == nearest)

    def citation(self, code: str) -> str:
        """Where the rule stands. Raises KeyError for a code nobody knows."""
        return next(each.citation for each in self.rules if each.code == code)

    def with_rules_of(self, place: "Law") -> "Law":
        """The same with an installation's own rules, which replace those of the same code and place."""
        theirs = {(each.code, each.where) for each in place.rules}
        kept = tuple(each for each in self.rules if (each.code, each.where) not in theirs)
        return Law((*place.rules, *kept))

    def switched(self, switches: Mapping[str, bool]) -> "Law":
        """The same with some rules switched on or off."""
        return Law(tuple(replace(each, on=switches.get(each.code, each.on)) for each in self.rules))


@cache
def law_as_shipped() -> Law:
    """The rules that come with Waypost."""
    return read_law((DATA / "law.json").read_text(encoding="utf-8"))


def read_law(text: str) -> Law:
    """Rules in the form of ``data/law.json``. Raises ValueError, KeyError or TypeError for another form."""
    return Law(tuple(_rules(json.loads(text)["rules"])))


def _rules(rows: Iterable[Mapping[str, object]]) -> Iterable[Rule]:
    for row in rows:
        end = row.get("valid_to")
        yield Rule(
            code=str(row["code"]),
            citation=str(row["citation"]),
            title=str(row["title"]),
            where=str(row.get("where", "US")),
            valid_from=date.fromisoformat(str(row["valid_from"])),
            valid_to=date.fromisoformat(str(end)) if end else None,
            on=bool(row.get("on", True)),
            checked=str(row["checked"]),
            words=str(row.get("words", "")),
            read=str(row.get("read", "")),
        )
