"""What is asked and how it was said: one form with one or several instruments."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from waypost.consent import rules
from waypost.consent.models import Captured, RecipientClass
from waypost.consent.rules import Serves

CARE_COORDINATION = "care_coordination"

STATEMENTS = frozenset(
    {
        rules.RIGHT_TO_REVOKE,
        rules.HOW_TO_REVOKE,
        rules.NO_CONDITION,
        rules.MAY_BE_PASSED_ON,
        rules.PART2_TPO_REDISCLOSURE,
        rules.REFUSAL_CONSEQUENCES,
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument in one direction. ``disclosers`` empty: we tell. ``matters``: what it is about, for the
    table of who may agree ("general": all that is ordinary); read from ``covers`` where it is not given.
    """

    topics: frozenset[str]
    recipient_class: str = RecipientClass.PARTNERS
    recipients: tuple[UUID, ...] = ()
    disclosers: tuple[UUID, ...] = ()
    covers: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset({CARE_COORDINATION})
    reply: bool = True
    wanted: frozenset[str] = frozenset({Serves.CONSENT.value})
    matters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paper:
    """How it was said: the words, who signed, and what is kept of it. ``signed_by`` empty: the person.

    ``minor_signed_by``: the young person who signs beside a parent.
    """

    captured: str = Captured.SPOKEN
    words_shown: str = ""
    language: str = "en"
    version: str = ""
    statements: frozenset[str] = STATEMENTS
    witness: str = ""
    signed_by: str = ""
    signed_on: datetime | None = None
    representative: str = ""
    authority: str = ""
    alone_because: str = ""
    minor_signed_by: str = ""
    identity_checked: bool = False
    file: bytes = field(default=b"", repr=False)
