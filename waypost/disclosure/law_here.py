"""The law of this installation: the rules that come with Waypost and what its own file says of a state."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from waypost.disclosure.rules.law import Law, law_as_shipped, read_law

# What permits without the person's word. What protects her is not for an installation to switch off.
SWITCHES = frozenset(
    {
        "hipaa.treatment",
        "hipaa.payment_operations",
        "hipaa.business_associate",
        "hipaa.involved",
        "hipaa.social_care",
        "house.agreement",
        "part2.qsoa",
        "part2.redisclosure",
        "part2.tpo",
    }
)


def law_here() -> Law:
    """The rules that count here. Raises ImproperlyConfigured for a ``LAW_FILE`` that cannot be used."""
    return law_with(settings.LAW_FILE)


@cache
def law_with(path: str) -> Law:
    """The rules that come with Waypost, with those of this file; '' for none. Read once."""
    if not path:
        return law_as_shipped()
    try:
        own = read_law(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise ImproperlyConfigured(f"WAYPOST_LAW_FILE: {path} cannot be read as rules.") from wrong
    if strange := sorted({each.code for each in own.rules} - SWITCHES):
        raise ImproperlyConfigured(
            f"WAYPOST_LAW_FILE: {', '.join(strange)} cannot be switched. Those that can: "
            f"{', '.join(sorted(SWITCHES))}."
        )
    return law_as_shipped().with_rules_of(own)
