"""The words of a form: what is read aloud, and the sentences that a signature needs. Kept as they were shown.

A change of these words is a new version: ``VERSION`` is kept with each form. Eighth grade at most, by test.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.consent import rules
from waypost.disclosure.words import matter_name, purpose_name
from waypost.web.staff.sharing import joined, long_day, needs_in

VERSION = "2026-11"
CARE = "care_coordination"
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class OfEach:
    """What is said of some organizations: names, needs, private matters, what for, whether they answer."""

    names: tuple[str, ...]
    needs: tuple[str, ...]
    purposes: tuple[str, ...]
    reply: bool
    sensitive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person is asked to agree to. ``tellers``: who may tell us; ``program``: alcohol or drugs;
    ``of_each``: where it is not the same for all of them. The words come from ``read_aloud``."""

    organization: str
    topics: tuple[str, ...]
    recipient_ids: tuple[UUID, ...]
    recipient_names: tuple[str, ...]
    ends_on: date
    reply: bool
    sensitive: tuple[str, ...]
    tellers: tuple[str, ...] = ()
    purposes: tuple[str, ...] = (CARE,)
    program: bool = False
    of_each: tuple[OfEach, ...] = ()


def read_aloud(terms: Terms, language: str, *, signed: bool = False) -> list[str]:
    """The sentences to read to the person, in English or Spanish; with those of a signature where signed."""
    with override(language):
        lines = [*_asked(terms), *(_signature(terms) if signed else _spoken(terms)), _("Do you agree?")]
        return [str(each) for each in lines]


def statements(terms: Terms) -> frozenset[str]:
    """Which of the sentences that the law asks for stand in the words of a signed form."""
    found = {
        rules.RIGHT_TO_REVOKE,
        rules.HOW_TO_REVOKE,
        rules.NO_CONDITION,
        rules.MAY_BE_PASSED_ON,
        rules.REFUSAL_CONSEQUENCES,
    }
    return frozenset(found | ({rules.PART2_TPO_REDISCLOSURE} if terms.program else set()))


def _asked(terms: Terms) -> list[str]:
    to = joined(terms.recipient_names) or _("community partners who could help you")
    facts = {
        "organization": terms.organization,
        "to": to,
        "needs": needs_in(terms.topics),
        "day": long_day(terms.ends_on),
        "tellers": joined(terms.tellers),
        "matters": joined(matter_name(code) for code in terms.sensitive),
        "more": joined(purpose_name(code) for code in terms.purposes if code != CARE),
    }
    lines = _one_by_one(terms, facts) if terms.of_each else _for_all(terms, facts)
    if terms.sensitive and not terms.of_each:
        lines.append(_("This tells of especially private matters: %(matters)s.") % facts)
    if terms.reply and not terms.of_each:
        lines.append(_("They may tell %(organization)s how it went.") % facts)
    if terms.tellers:
        lines.append(_("%(tellers)s may tell %(organization)s about this too.") % facts)
    return [*lines, _("This holds until %(day)s.") % facts]


def _for_all(terms: Terms, facts: dict[str, str]) -> list[str]:
    lines = [
        _(
            "%(organization)s would like to tell %(to)s your name, age, language and household,"
            " your phone and ZIP code, and what you need: %(needs)s."
        )
        % facts
    ]
    if CARE in terms.purposes:
        lines.append(_("They may use this only to help you."))
    if facts["more"]:
        lines.append(_("It may also be used for this: %(more)s.") % facts)
    return lines


def _one_by_one(terms: Terms, facts: dict[str, str]) -> list[str]:
    """The same, where each organization is told something else, or may not answer."""
    lines = [
        _(
            "%(organization)s would like to tell %(to)s your name, age, language and household,"
            " your phone and ZIP code, and a part of what you need."
        )
        % facts
    ]
    for each in terms.of_each:
        said = {**facts, "to": joined(each.names), "needs": needs_in(each.needs)}
        lines.append(_("We would tell %(to)s what you need: %(needs)s.") % said)
        if each.sensitive:
            matters = joined(matter_name(code) for code in each.sensitive)
            lines.append(_("This tells of especially private matters: %(matters)s.") % {"matters": matters})
        more = joined(purpose_name(code) for code in each.purposes if code != CARE)
        if more and CARE in each.purposes:
            lines.append(_("There it may also be used for this: %(more)s.") % {"more": more})
        elif more:
            lines.append(_("There it may be used for this alone: %(more)s.") % {"more": more})
        answer = (
            _("%(to)s may tell %(organization)s how it went.")
            if each.reply
            else _("%(to)s may not tell %(organization)s how it went.")
        )
        lines.append(answer % said)
    if all(CARE in each.purposes for each in terms.of_each):
        lines.append(_("They may use this only to help you."))
    return lines


def _spoken(terms: Terms) -> list[str]:
    return [
        _("You may say no. You may stop it at any time; just tell us."),
        _("The help you get here stays the same."),
    ]


def _signature(terms: Terms) -> list[str]:
    """Right to take it back and how, no condition, passing on, and what a no means."""
    facts = {"organization": terms.organization}
    lines = [
        _("You may say no. The help you get here stays the same if you do not sign."),
        _("If you say no, we can still give you a list or call with you."),
        _("You may take this back at any time. Tell us, or write to %(organization)s.") % facts,
        _("What was told before that day cannot be called back."),
        _("Those who are told may pass it on. The law may not guard it then."),
    ]
    if terms.program:
        lines.append(
            _(
                "What a program for alcohol or drugs tells may be used again for your care. "
                "It may not be used against you in court."
            )
        )
    return lines
