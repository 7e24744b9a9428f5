"""A form element by element: what the law asks of each instrument, and what of it is there."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from waypost.consent.rules import (
    HOW_TO_REVOKE,
    MAY_BE_PASSED_ON,
    NO_CONDITION,
    PART2_TPO_REDISCLOSURE,
    REFUSAL_CONSEQUENCES,
    RIGHT_TO_REVOKE,
    Form,
    Serves,
    lacking,
)

_WHAT = ("person", "discloser", "description", "recipient", "purpose")
_SIGNED = ("signature", "signed_at")
_PART2 = (*_WHAT, RIGHT_TO_REVOKE, HOW_TO_REVOKE, "expiry", *_SIGNED)

# In the order of 45 CFR 164.508(c), 42 CFR 2.31(a) and 34 CFR 99.30(b), (d).
ELEMENTS: dict[Serves, tuple[str, ...]] = {
    Serves.CONSENT: _WHAT,
    Serves.WRITTEN: (*_WHAT, *_SIGNED),
    Serves.AUTHORIZATION: (
        *_WHAT,
        "expiry",
        *_SIGNED,
        RIGHT_TO_REVOKE,
        NO_CONDITION,
        MAY_BE_PASSED_ON,
    ),
    Serves.PART2: _PART2,
    Serves.PART2_TPO: (*_PART2, "other_purpose", PART2_TPO_REDISCLOSURE, REFUSAL_CONSEQUENCES),
    Serves.FERPA: (*_WHAT, *_SIGNED, "identity"),
}


def elements(form: Form, use: str) -> dict[str, bool]:
    """Each element that this use asks for, and whether it is there; in the order of the regulation."""
    missing = lacking(form, use)
    both = ("minor_signature",) if form.minor_signs and "signature" in ELEMENTS[Serves(use)] else ()
    asked = [*ELEMENTS[Serves(use)], *(("authority",) if form.representative else ()), *both]
    return {each: each not in missing for each in dict.fromkeys((*asked, *missing))}


def to_be_seen(uses: Iterable[str], *, representative: bool, minor: bool = False) -> list[str]:
    """What somebody who looks at the paper has to find on it, for all these uses together.

    ``minor``: the young person signed beside a parent.
    """
    found = [each for use in uses for each in ELEMENTS[Serves(use)]]
    if representative and "signature" in found:
        found.append("authority")
    if minor and "signature" in found:
        found.append("minor_signature")
    return [each for each in dict.fromkeys(found) if each not in ("other_purpose", "identity")]


def as_seen(form: Form, confirmed: Collection[str]) -> Form:
    """The form with nothing but what was found on the paper."""
    return replace(
        form,
        names_person=form.names_person and "person" in confirmed,
        disclosers=form.disclosers if "discloser" in confirmed else 0,
        topics=form.topics if "description" in confirmed else frozenset(),
        recipients_named=form.recipients_named if "recipient" in confirmed else 0,
        recipient_class=form.recipient_class if "recipient" in confirmed else "",
        purposes=form.purposes if "purpose" in confirmed else frozenset(),
        ends_at=form.ends_at if "expiry" in confirmed else None,
        end_event=form.end_event if "expiry" in confirmed else "",
        signed_by=form.signed_by if "signature" in confirmed else "",
        signed_at=form.signed_at if "signed_at" in confirmed else None,
        representative_authority=form.representative_authority if "authority" in confirmed else "",
        minor_signed_by=form.minor_signed_by if "minor_signature" in confirmed else "",
        statements=form.statements & frozenset(confirmed),
        verified=True,
    )
