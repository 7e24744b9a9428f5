"""Reports of faults in words."""

from waypost.directory.choices import FaultKind, FaultOutcome


def kind_words(kind: str) -> str:
    """What is said to be wrong."""
    return str(FaultKind(kind).label) if kind in FaultKind.values else ""


def outcome_words(outcome: str) -> str:
    """What came of it; nothing while it is open."""
    return str(FaultOutcome(outcome).label) if outcome in FaultOutcome.values else ""
