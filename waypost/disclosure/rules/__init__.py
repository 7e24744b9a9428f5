"""May this be told to them? Pure rules over plain facts (design § 3)."""

from waypost.consent.rules import Serves
from waypost.disclosure.rules.case import is_part2
from waypost.disclosure.rules.decide import decide
from waypost.disclosure.rules.facts import (
    CARE_COORDINATION,
    TREATMENT,
    Agreed,
    Ask,
    Basis,
    Decision,
    Direction,
    Party,
    Reason,
    Received,
    Said,
)
from waypost.disclosure.rules.law import Law, Rule, law_as_shipped

__all__ = [
    "CARE_COORDINATION",
    "TREATMENT",
    "Agreed",
    "Ask",
    "Basis",
    "Decision",
    "Direction",
    "Law",
    "Party",
    "Reason",
    "Received",
    "Rule",
    "Said",
    "Serves",
    "decide",
    "is_part2",
    "law_as_shipped",
]
