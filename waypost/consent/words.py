"""What a form has to hold, in plain words; names of laws stay out."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def element_name(code: str) -> str:
    """One element of a form, as one looks for it on paper; an unknown code stands as it is."""
    return {
        "person": _("whose information it is"),
        "discloser": _("who may tell"),
        "description": _("what may be told"),
        "recipient": _("who may be told"),
        "purpose": _("what it is for"),
        "expiry": _("when it ends"),
        "signature": _("a signature"),
        "signed_at": _("the day of signing"),
        "authority": _("why somebody else may sign"),
        "minor_signature": _("the signature of the young person beside the parent’s"),
        "verification": _("a look at the paper by somebody else"),
        "right_to_revoke": _("that it can be taken back"),
        "how_to_revoke": _("how to take it back"),
        "no_condition": _("that help does not depend on signing"),
        "may_be_passed_on": _("that it could be passed on by whoever gets it"),
        "part2_tpo_redisclosure": _(
            "that it may be used for care again, but not against the person in court"
        ),
        "refusal_consequences": _("what happens if the person says no"),
        "other_purpose": _("one purpose only: care"),
        "identity": _("that you know who signed"),
    }.get(code, code)


def lacking_words(codes: Iterable[str]) -> str:
    """What a form lacks, as one sentence."""
    names = ", ".join(element_name(each) for each in codes)
    return _("This form cannot be used yet. It lacks: %(what)s.") % {"what": names}


def instrument_name(code: str) -> str:
    """What a form is good for, in plain words."""
    return {
        "consent": _("Sharing to arrange help"),
        "written": _("Sharing especially private matters"),
        "authorization": _("Sharing for another purpose"),
        "part2": _("Sharing what a program for alcohol or drugs knows"),
        "part2_tpo": _("Sharing what a program for alcohol or drugs knows, for all care"),
        "ferpa": _("Sharing what a school knows"),
    }.get(code, code)


def law_of(code: str) -> str:
    """Where it stands that a form has to hold these elements; shown where somebody asks."""
    return {
        "authorization": "45 CFR 164.508(c)",
        "part2": "42 CFR 2.31(a)",
        "part2_tpo": "42 CFR 2.31(a)(4)-(10), 2.33(b)",
        "ferpa": "34 CFR 99.30",
    }.get(code, "")
