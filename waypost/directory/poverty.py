"""The federal poverty guidelines that come with Waypost, as dated data."""

import json
from datetime import date
from decimal import Decimal
from functools import cache

from waypost.directory.rules.poverty import Guideline
from waypost.directory.vocabulary import DATA


@cache
def poverty_guidelines() -> tuple[Guideline, ...]:
    """Every row of the file (HHS, yearly; the file names its source and what was checked)."""
    body = json.loads((DATA / "poverty_guidelines.json").read_text(encoding="utf-8"))
    return tuple(
        Guideline(
            year=each["year"],
            area=each["area"],
            first=Decimal(each["first"]),
            further=Decimal(each["further"]),
            valid_from=date.fromisoformat(each["valid_from"]),
            valid_to=date.fromisoformat(each["valid_to"]),
        )
        for each in body["guidelines"]
    )
