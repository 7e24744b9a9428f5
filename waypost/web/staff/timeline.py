"""What happened with a person, from all rooms, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.consent.cards import ConsentCard
from waypost.coordination.cards import ContactCard
from waypost.disclosure.words import topic_name
from waypost.kernel.actors import Actor
from waypost.people.cards import PersonCard
from waypost.referrals.cards import ReferralCard
from waypost.screening.cards import NeedEventCard, ResponseRow
from waypost.screening.words import mode_name, move_words
from waypost.web import referral_words
from waypost.web.presenting import when
from waypost.web.staff.sharing import needs_in

SAME_MOMENT = 2.0  # seconds
SOURCES = ("referrals", "contacts", "needs", "sharing")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who did what, the words that came with it, through which channel; source: to filter by."""

    at: datetime
    who: str
    text: str
    source: str
    words: str = ""
    via: str = ""
    kind: str = ""

    @property
    def when(self) -> str:
        """When, in words."""
        return when(self.at)

    @property
    def iso(self) -> str:
        """When, for machines."""
        return self.at.isoformat()


def source_names() -> dict[str, str]:
    """The filter's words."""
    return {
        "referrals": _("Referrals"),
        "contacts": _("Contacts"),
        "needs": _("Needs"),
        "sharing": _("Sharing"),
    }


def newest(lines: Iterable[Line], *, source: str = "", limit: int = 0) -> list[Line]:
    """In order, perhaps of one source only, perhaps the newest few."""
    chosen = [each for each in lines if not source or each.source == source]
    chosen.sort(key=lambda each: each.at, reverse=True)
    return chosen[:limit] if limit else chosen


def of_referrals(cards: Iterable[ReferralCard], actor: Actor, person: str) -> Iterable[Line]:
    """What both sides did with referrals."""
    for card in cards:
        category = topic_name(card.row.category)
        for each in referral_words.timeline(card, actor, person):
            yield Line(
                at=each.at,
                who=each.who,
                text=each.text,
                source="referrals",
                words=each.words,
                via=card.row.service_organization if each.who == _("You") else category,
                kind=each.kind,
            )


def of_contacts(contacts: Iterable[ContactCard], actor: Actor) -> Iterable[Line]:
    """Contacts, tries, and what came of them."""
    for each in contacts:
        yield Line(
            at=each.at,
            who=_you(each.by_name, actor),
            text=_("got in touch: %(result)s") % {"result": each.result_name.lower()},
            source="contacts",
            words=each.note,
            via=each.mode_name,
        )


def of_needs(
    events: Iterable[NeedEventCard], responses: Iterable[ResponseRow], actor: Actor, person: str
) -> Iterable[Line]:
    """Screenings, and what happened to needs."""
    screenings = list(responses)
    for each in events:
        if each.move in {"find", "hear_again"} and any(_same_moment(each, row) for row in screenings):
            continue
        yield Line(
            at=each.at,
            who=_you(each.actor_name, actor),
            text=f"{_said_of(each.move)}: {each.need_name}",
            source="needs",
            words=each.words,
        )
    for row in screenings:
        found = ngettext("%(count)d need", "%(count)d needs", row.needs_found) % {"count": row.needs_found}
        yield Line(
            at=row.asked_at,
            who=_you(row.asked_by_name, actor),
            text=_("screened %(person)s: %(found)s") % {"person": person, "found": found},
            source="needs",
            via=f"{row.instrument_title} · {mode_name(row.mode)}",
        )


def of_sharing(consents: Iterable[ConsentCard], actor: Actor, person: str) -> Iterable[Line]:
    """What the person said about sharing, and took back."""
    for each in consents:
        topics = needs_in(each.topics)
        said = _("agreed to share: %(topics)s") if each.agreed else _("would rather not share: %(topics)s")
        taken_back = _("took back what was said about sharing: %(topics)s")
        how = _("signed") if each.captured == "written" else _("spoken")
        noted = _("noted by %(name)s") % {"name": each.recorded_by_name}
        yield Line(
            at=each.starts_at,
            who=person,
            text=said % {"topics": topics or _("anything")},
            source="sharing",
            via=f"{how} · {noted}" if each.agreed else noted,
            kind="good" if each.agreed else "wait",
        )
        if each.revoked_at:
            yield Line(
                at=each.revoked_at,
                who=person,
                text=taken_back % {"topics": topics or _("anything")},
                source="sharing",
                kind="plain",
            )


def of_registering(person: PersonCard) -> Iterable[Line]:
    """The first line of every record."""
    text = _("The record was begun")
    yield Line(at=person.registered_at, who="", text=text, source="contacts", kind="plain")


def _said_of(move: str) -> str:
    """What was done to a need; outside a screening it is noted, not found."""
    return _("noted a need") if move == "find" else move_words(move)


def _same_moment(event: NeedEventCard, row: ResponseRow) -> bool:
    """Found by this screening: its own line tells of it."""
    return abs((event.at - row.asked_at).total_seconds()) < SAME_MOMENT


def _you(name: str, actor: Actor) -> str:
    return _("You") if name == actor.name else name
