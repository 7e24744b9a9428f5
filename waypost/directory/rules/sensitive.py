"""What a service's name alone can tell of somebody who is sent there.

Looks at names and terms, not at descriptions: these often say what else there is, or what is not.
"""

import re
from collections.abc import Iterable

_OF_NEEDS = {
    "intimate-partner-violence": "violence",
    "elder-abuse": "violence",
    "incarceration-status": "justice",
}
_WORDS = {
    "substance_use": r"\b(substance (use|abuse)|addictions?|detox\w*|methadone|suboxone|alcohol\w*|opioids?"
    r"|drug (abuse|treatment|rehab\w*)|sober|sobriety|recovery|rehab|harm reduction|needle exchange)\b",
    "mental_health": r"\b(mental health|behavioral health|psychiatr\w+|psychotherap\w+|suicid\w+)\b",
    "hiv": r"\bhiv\b|\baids (service|project|foundation|care|alliance)",
    "reproductive": r"\b(abortions?|family planning|birth control|contracepti\w+|reproductive)\b",
    "justice": r"\b(re-?entry|parole\w*|probation|formerly incarcerated|ex-offenders?|expungements?"
    r"|jails?|prisons?)\b",
    "violence": r"\b(domestic violence|domestic abuse|sexual (assault|abuse|violence)|rape|trafficking"
    r"|intimate partner|batter\w+|elder abuse)\b",
}
_PATTERNS = {code: re.compile(pattern) for code, pattern in _WORDS.items()}


def tells_of(
    *, need_categories: Iterable[str], names: Iterable[str], is_victim_service: bool = False
) -> frozenset[str]:
    """Sensitivities (design § 3) that being sent there gives away.

    ``names``: of the service, its organization and the terms attached to it.
    """
    text = " | ".join(names).lower()
    found = {code for code, pattern in _PATTERNS.items() if pattern.search(text)}
    found |= {_OF_NEEDS[code] for code in need_categories if code in _OF_NEEDS}
    return frozenset(found | ({"violence"} if is_victim_service else set()))
