"""What a person said about sharing, as sentences: for the record's note, the list, and to read aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from waypost.accounts.selectors import users
from waypost.consent.cards import ConsentCard
from waypost.disclosure.words import purpose_names, topic_name
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
    def recallable(self) -> bool:
        """Whether it ended by itself, and its referrals may still be taken back."""
        return self.consent.agreed and self.consent.status == "active"

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
        "purposes": purpose_names(consent.purposes),
    }
    state = _state(consent, at)
    if consent.agreed:
        kind = "wait" if consent.waits else "good"
        until = _("until %(day)s.") % {"day": long_day(consent.ends_at)} if consent.ends_at else ""
        return Sentence(consent, kind, _agreed(consent, names), until or _("with no end set."), state)
    if consent.blocks:
        names["kept_out"] = recipients(consent) if consent.recipient_ids else workers(consent)
        lead = _("%(person)s wants %(kept_out)s kept out.") % names
        return Sentence(consent, "stop", lead, _("Nothing goes to them, whatever is agreed later."), state)
    rest = _("Make a list to take along, or call together.")
    return Sentence(consent, "wait", _refused(consent, names), rest, state)


def _agreed(consent: ConsentCard, names: dict[str, str]) -> str:
    """Who may tell whom about what; an answer by others is a sentence of its own."""
    if consent.purposes - {"care_coordination"}:
        names = {**names, "topics": f"{names['topics']} ({names['purposes']})"}
    tellers = [each.name for each in organizations(ids=consent.discloser_ids)]
    if names["discloser"] not in tellers and tellers:
        names = {**names, "tellers": joined(tellers)}
        return _("%(person)s agreed that %(tellers)s may tell %(discloser)s about %(topics)s") % names
    return _("%(person)s agreed that %(discloser)s may tell %(recipients)s about %(topics)s") % names


def _refused(consent: ConsentCard, names: dict[str, str]) -> str:
    """What the person would rather not: topics, somebody, an answer, a purpose, or anything at all."""
    if consent.only_back:
        if not consent.recipient_ids:
            return _("%(person)s wants nobody to tell %(discloser)s how it went.") % names
        return _("%(person)s wants %(recipients)s to tell %(discloser)s nothing.") % names
    if consent.purposes:
        return _("%(person)s would rather not share for this: %(purposes)s.") % names
    if consent.recipient_ids and not consent.topics:
        return _("%(person)s would rather not share with %(recipients)s.") % names
    if not consent.topics:
        return _("%(person)s would rather not share anything.") % names
    return _("%(person)s would rather not share: %(topics)s.") % names


def workers(consent: ConsentCard) -> str:
    """The workers whom the person wants kept out, by name."""
    return joined(sorted(each.name for each in users(consent.worker_ids).values()))


def that_count(consents: Iterable[ConsentCard], at: datetime) -> list[ConsentCard]:
    """What is in force, newest first, without agreements that a newer one repeats and widens."""
    kept: list[ConsentCard] = []
    for each in consents:
        if each.in_force(at) and not any(_repeats(newer, each) for newer in kept):
            kept.append(each)
    return kept


def _refuses_all(consent: ConsentCard) -> bool:
    """Whether it says no to everything with everybody."""
    part = consent.purposes or consent.only_back or consent.recipient_ids
    return not consent.agreed and not consent.blocks and not consent.topics and not part


def _repeats(newer: ConsentCard, older: ConsentCard) -> bool:
    to_all = newer.recipient_class == older.recipient_class and newer.recipient_ids >= older.recipient_ids
    about_all = newer.topics >= older.topics and newer.covers_sensitivities >= older.covers_sensitivities
    same = newer.decision == older.decision == "agreed" and newer.discloser_ids >= older.discloser_ids
    return same and newer.purposes >= older.purposes and to_all and about_all


def _state(consent: ConsentCard, at: datetime) -> str:
    if consent.waits:
        return _("Waits for a look at the paper")
    if consent.status == "sent_back":
        return _("Sent back")
    if consent.revoked_at:
        return _("Taken back on %(day)s") % {"day": long_day(consent.revoked_at)}
    if not consent.in_force(at) and consent.ends_at:
        return _("Ended on %(day)s") % {"day": long_day(consent.ends_at)}
    return _("In force")


def not_asked(consents: Iterable[ConsentCard], categories: Iterable[str], at: datetime) -> list[str]:
    """Open needs about which nothing was said so far, by name; ``categories`` are theirs."""
    said = [each for each in consents if each.in_force(at)]
    if any(_refuses_all(each) for each in said):
        return []
    covered = set().union(*(each.topics for each in said)) if said else set()
    return [in_sentence(topic_name(each)) for each in dict.fromkeys(categories) if each not in covered]
