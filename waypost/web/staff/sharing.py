"""What a person said about sharing, as sentences: for the record's note, the list, and to read aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from waypost.consent.cards import ConsentCard
from waypost.disclosure.words import matter_name, topic_name
from waypost.network.selectors import organizations
from waypost.web.presenting import local

GENERAL = frozenset({"identity", "contact"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One agreement or wish in a sentence: what is said in bold, and the rest."""

    consent: ConsentCard
    kind: str
    lead: str
    rest: str
    status: str

    @property
    def opening(self) -> str:
        """What is said, before the rest follows in the same sentence."""
        return f"{self.lead}," if self.consent.agreed else self.lead


def long_day(value: date | datetime) -> str:
    """ "3 May 2027": for agreements and paper."""
    return formats.date_format(local(value), _("j F Y"))


def needs_in(topics: Iterable[str]) -> str:
    """The needs among these topics, by name, as they stand in a sentence."""
    return joined(in_sentence(topic_name(code)) for code in sorted(set(topics) - GENERAL))


def in_sentence(name: str) -> str:
    """A name without its capital, unless it is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def joined(words: Iterable[str]) -> str:
    """ "food, housing and a ride"."""
    found = list(words)
    if len(found) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(found)
    last = found[-1]
    before_i = last.casefold().startswith(("i", "hi", "í"))  # Spanish says "e" there
    both = pgettext("before an i", "%(first)s and %(last)s") if before_i else _("%(first)s and %(last)s")
    return both % {"first": ", ".join(found[:-1]), "last": last}


def recipients(consent: ConsentCard) -> str:
    """To whom: names, or community partners."""
    if consent.recipient_class != "named":
        return _("community partners")
    return joined(each.name for each in organizations(ids=consent.recipient_ids))


def sentence(consent: ConsentCard, *, person: str, discloser: str, at: datetime) -> Sentence:
    """A consent as one sentence, with how it stands at this moment."""
    names = {
        "person": person,
        "discloser": discloser,
        "recipients": recipients(consent),
        "topics": needs_in(consent.topics),
    }
    if consent.agreed:
        lead = _("%(person)s agreed that %(discloser)s may tell %(recipients)s about %(topics)s") % names
        until = _("until %(day)s.") % {"day": long_day(consent.ends_at)} if consent.ends_at else ""
        return Sentence(consent, "good", lead, until or _("with no end set."), _state(consent, at))
    rest = _("Make a list to take along, or call together.")
    lead = _("%(person)s would rather not share: %(topics)s.") % names
    if not consent.topics:
        lead = _("%(person)s would rather not share anything.") % names
    return Sentence(consent, "wait", lead, rest, _state(consent, at))


def that_count(consents: Iterable[ConsentCard], at: datetime) -> list[ConsentCard]:
    """What is in force, newest first, without agreements that a newer one repeats and widens."""
    kept: list[ConsentCard] = []
    for each in consents:
        if each.in_force(at) and not any(_repeats(newer, each) for newer in kept):
            kept.append(each)
    return kept


def _repeats(newer: ConsentCard, older: ConsentCard) -> bool:
    to_all = newer.recipient_class == older.recipient_class and newer.recipient_ids >= older.recipient_ids
    about_all = newer.topics >= older.topics and newer.covers_sensitivities >= older.covers_sensitivities
    return newer.decision == older.decision and to_all and about_all


def _state(consent: ConsentCard, at: datetime) -> str:
    if consent.revoked_at:
        return _("Taken back on %(day)s") % {"day": long_day(consent.revoked_at)}
    if not consent.in_force(at) and consent.ends_at:
        return _("Ended on %(day)s") % {"day": long_day(consent.ends_at)}
    return _("In force")


def not_asked(consents: Iterable[ConsentCard], categories: Iterable[str], at: datetime) -> list[str]:
    """Open needs about which nothing was said so far, by name; ``categories`` are theirs."""
    said = [each for each in consents if each.in_force(at)]
    if any(not each.topics for each in said):
        return []
    covered = set().union(*(each.topics for each in said)) if said else set()
    return [in_sentence(topic_name(each)) for each in dict.fromkeys(categories) if each not in covered]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person is asked to agree to."""

    organization: str
    topics: tuple[str, ...]
    recipient_ids: tuple[UUID, ...]
    recipient_names: tuple[str, ...]
    ends_on: date
    reply: bool
    sensitive: tuple[str, ...]


def read_aloud(terms: Terms, language: str) -> list[str]:
    """The sentences to read to the person, in English or Spanish; kept as they were read."""
    with override(language):
        to = joined(terms.recipient_names) or _("community partners who could help you")
        facts = {
            "organization": terms.organization,
            "to": to,
            "needs": needs_in(terms.topics),
            "day": long_day(terms.ends_on),
        }
        lines = [
            _(
                "%(organization)s would like to tell %(to)s your name, age, language and household,"
                " your phone and ZIP code, and what you need: %(needs)s."
            )
            % facts,
            _("They may use this only to help you."),
        ]
        if terms.sensitive:
            matters = joined(matter_name(code) for code in terms.sensitive)
            lines.append(_("This tells of especially private matters: %(matters)s.") % {"matters": matters})
        if terms.reply:
            lines.append(_("They may tell %(organization)s how it went.") % facts)
        lines += [
            _("This holds until %(day)s.") % facts,
            _("You may say no. You may stop it at any time; just tell us."),
            _("The help you get here stays the same."),
            _("Do you agree?"),
        ]
        return [str(each) for each in lines]
