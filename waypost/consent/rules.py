"""What a form has to say before it can be active, and what it is then good for.

Sources: 45 CFR 164.508(c)(1)-(2) (six core elements, three statements); 42 CFR § 2.31(a) as amended by
89 FR 12472; 34 CFR 99.30(b), (d); for minors 42 CFR 2.14(b)(1). Items of § 2.31(a)(5) to (10) were not
compared with the regulation's text.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Serves(StrEnum):
    """What a form is good for; one form may be several."""

    CONSENT = "consent"
    WRITTEN = "written"
    AUTHORIZATION = "authorization"
    PART2 = "part2"
    PART2_TPO = "part2_tpo"
    FERPA = "ferpa"


SPOKEN, TYPED, DRAWN, PAPER, SCAN = "spoken", "typed", "drawn", "written", "scan"
SIGNED = frozenset({TYPED, DRAWN, PAPER, SCAN})


@dataclass(frozen=True, slots=True)
class Form:
    """A consent form as it lies before us. ``statements`` are codes of sentences that stand in it."""

    names_person: bool
    disclosers: int
    topics: frozenset[str]
    recipients_named: int
    recipient_class: str
    purposes: frozenset[str]
    ends_at: datetime | None
    end_event: str
    captured: str
    signed_by: str
    signed_at: datetime | None
    statements: frozenset[str]
    representative: str = ""
    representative_authority: str = ""
    verified: bool = True
    identity_checked: bool = True
    minor_signs: bool = False
    minor_signed_by: str = ""


RIGHT_TO_REVOKE = "right_to_revoke"
HOW_TO_REVOKE = "how_to_revoke"
NO_CONDITION = "no_condition"
MAY_BE_PASSED_ON = "may_be_passed_on"
PART2_TPO_REDISCLOSURE = "part2_tpo_redisclosure"
REFUSAL_CONSEQUENCES = "refusal_consequences"

_AUTHORIZATION_STATEMENTS = (RIGHT_TO_REVOKE, NO_CONDITION, MAY_BE_PASSED_ON)
_TPO_PURPOSES = frozenset({"treatment", "payment", "operations", "care_coordination"})


def lacking(form: Form, serves: str) -> tuple[str, ...]:
    """What is missing for this use, as codes in the order of the regulation; empty: nothing."""
    checks = {
        Serves.CONSENT: _consent,
        Serves.WRITTEN: _written,
        Serves.AUTHORIZATION: _authorization,
        Serves.PART2: _part2,
        Serves.PART2_TPO: _part2_tpo,
        Serves.FERPA: _ferpa,
    }
    return tuple(dict.fromkeys(checks[Serves(serves)](form)))


def serves(form: Form) -> frozenset[str]:
    """Everything this form is good for. One form may be several; each is looked at on its own."""
    return frozenset(str(each) for each in Serves if not lacking(form, each))


def _consent(form: Form) -> list[str]:
    return [
        *([] if form.names_person else ["person"]),
        *([] if form.disclosers else ["discloser"]),
        *([] if form.topics else ["description"]),
        *([] if form.recipients_named or form.recipient_class else ["recipient"]),
        *([] if form.purposes else ["purpose"]),
    ]


def _written(form: Form) -> list[str]:
    return [*_consent(form), *_signature(form)]


def _signature(form: Form) -> list[str]:
    found = []
    if form.captured not in SIGNED or not form.signed_by:
        found.append("signature")
    elif form.captured == SCAN and not form.verified:
        found.append("verification")
    if form.signed_at is None:
        found.append("signed_at")
    if form.representative and not form.representative_authority:
        found.append("authority")
    if form.minor_signs and not form.minor_signed_by:
        found.append("minor_signature")
    return found


def _authorization(form: Form) -> list[str]:
    ends = form.ends_at is not None or (form.end_event and form.end_event != "none")
    research = form.purposes == {"research"} and form.end_event in ("none", "end_of_study")
    return [
        *_consent(form),
        *([] if ends or research else ["expiry"]),
        *_signature(form),
        *(each for each in _AUTHORIZATION_STATEMENTS if each not in form.statements),
    ]


def _part2(form: Form) -> list[str]:
    tpo = bool(form.purposes) and form.purposes <= _TPO_PURPOSES
    ends = form.ends_at is not None or (bool(form.end_event) and (form.end_event != "none" or tpo))
    return [
        *_consent(form),
        *([] if form.recipients_named or (tpo and form.recipient_class) else ["recipient"]),
        *(each for each in (RIGHT_TO_REVOKE, HOW_TO_REVOKE) if each not in form.statements),
        *([] if ends else ["expiry"]),
        *_signature(form),
    ]


def _part2_tpo(form: Form) -> list[str]:
    """The single consent for treatment, payment, operations: two statements more, and no other purpose."""
    other = form.purposes - _TPO_PURPOSES
    return [
        *_part2(form),
        *(["other_purpose"] if other else []),
        *(each for each in (PART2_TPO_REDISCLOSURE, REFUSAL_CONSEQUENCES) if each not in form.statements),
    ]


def _ferpa(form: Form) -> list[str]:
    """34 CFR 99.30(b), (d): an electronic signature identifies the person and shows approval."""
    electronic = form.captured in (TYPED, DRAWN)
    return [
        *_consent(form),
        *([] if form.recipients_named or form.recipient_class else ["recipient"]),
        *_signature(form),
        *(["identity"] if electronic and not form.identity_checked else []),
    ]
