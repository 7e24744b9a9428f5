"""Emergency access: how long, what it may show, how often one may try. A dated policy, read from data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "emergency.json"
COVERED_ENTITY = "covered_entity"


@dataclass(frozen=True, slots=True)
class EmergencyPolicy:
    """From ``valid_from`` on. ``reasons``: topics by reason; ``sensitivities``: by legal status."""

    valid_from: date
    lasts: timedelta
    tries_an_hour: int
    reasons: Mapping[str, frozenset[str]]
    sensitivities: Mapping[str, frozenset[str]]

    def topics(self, reason: str) -> frozenset[str]:
        """What this kind of emergency needs; KeyError for a reason nobody knows."""
        return self.reasons[reason]

    def covers(self, legal_status: str) -> frozenset[str]:
        """Which especially sensitive matters an organization of this status may see in an emergency."""
        return self.sensitivities.get(legal_status, self.sensitivities["others"])


def policy_on(day: date) -> EmergencyPolicy:
    """The policy of a day; the first one counts for days before it."""
    known = _policies()
    begun = [each for each in known if each.valid_from <= day]
    return begun[-1] if begun else known[0]


@cache
def _policies() -> tuple[EmergencyPolicy, ...]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))["policies"]
    made = [
        EmergencyPolicy(
            valid_from=date.fromisoformat(row["valid_from"]),
            lasts=timedelta(minutes=row["minutes"]),
            tries_an_hour=row["tries_an_hour"],
            reasons={name: frozenset(topics) for name, topics in row["reasons"].items()},
            sensitivities={name: frozenset(found) for name, found in row["sensitivities"].items()},
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda each: each.valid_from))
