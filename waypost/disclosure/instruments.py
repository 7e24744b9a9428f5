"""Which instruments a form has to hold, by the law of whoever tells and by what it is for. Pure."""

from collections.abc import Iterable

from waypost.consent.rules import Serves
from waypost.disclosure.rules.facts import (
    HIPAA_BOUND,
    PART2_PROGRAM,
    PART2_RECORD,
    SCHOOL,
    TPO,
)


def instruments(
    statuses: Iterable[str], *, purposes: Iterable[str], sensitive: Iterable[str], named: bool
) -> frozenset[str]:
    """What is asked of a form with these disclosers. ``named``: its recipients are named one by one.

    42 CFR 2.31(a): a program tells on a written consent; without names only under the single one for care.
    45 CFR 164.508: another purpose than treatment, payment, operations wants an authorization. 34 CFR 99.30.
    """
    tellers, aims, matters = frozenset(statuses), frozenset(purposes), frozenset(sensitive)
    found = {Serves.CONSENT}
    if matters:
        found.add(Serves.WRITTEN)
    if PART2_PROGRAM in tellers or PART2_RECORD in matters:
        found.add(Serves.PART2 if named or not aims <= TPO else Serves.PART2_TPO)
        found.add(Serves.PART2)
    if SCHOOL in tellers:
        found.add(Serves.FERPA)
    if aims - TPO:
        found.add(Serves.AUTHORIZATION if tellers & HIPAA_BOUND else Serves.WRITTEN)
    return frozenset(str(each) for each in found)


def wants_signature(uses: Iterable[str]) -> bool:
    """Whether a spoken yes is not enough."""
    return bool(frozenset(uses) - {Serves.CONSENT.value})
