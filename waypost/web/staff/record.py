"""What a record page shows: needs with how they stand, whose move it is, what others told us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.coordination.cards import EpisodeCard
from waypost.coordination.words import next_move_name, whose_move_name
from waypost.disclosure import gate
from waypost.kernel.actors import Actor
from waypost.network.selectors import organization
from waypost.people import selectors as people
from waypost.people.cards import PersonCard
from waypost.referrals.cards import ReferralRow
from waypost.referrals.choices import Fact, Source, Status
from waypost.screening.cards import NeedCard
from waypost.screening.selectors import needs
from waypost.screening.words import status_name, wants_help_name
from waypost.web.presenting import (
    Tag,
    day,
    language_name,
    move_label,
    move_words,
    near_day,
    reason_name,
)
from waypost.web.referral_words import recipient_move, tag_of

HELPED = frozenset({Fact.RECEIVED.value, Fact.PARTLY.value})
UNDER_WAY = frozenset({Status.ACCEPTED.value, Status.IN_PROGRESS.value})


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need as a row: what was said of it, and how it stands."""

    need: NeedCard
    text: str
    tag: Tag | None

    @property
    def to_do(self) -> bool:
        """Whether looking for a service is the next thing."""
        return self.need.status == "open" and self.need.wants_help != "no" and self.tag is None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Whose move it is, in words."""

    episode: EpisodeCard
    label: str
    text: str
    tag: Tag | None


@dataclass(frozen=True, slots=True)
class ToldByOthers:
    """What another organization shares about the same human."""

    person: PersonCard
    source: str
    needs: list[NeedCard]
    link_id: UUID


def facts(card: PersonCard, lead: str = "") -> list[str]:
    """The few facts that one needs on the phone."""
    age = "" if card.age is None else str(card.age)
    about = " · ".join(each for each in (card.pronouns, age) if each)
    spoken = language_name(card.language)
    if card.interpreter_needed:
        spoken = _("%(language)s, interpreter needed") % {"language": spoken}
    called = _("called %(name)s") % {"name": card.called} if card.called else ""
    leads = _("Lead: %(name)s") % {"name": lead} if lead else ""
    zip_code = _("ZIP %(code)s") % {"code": card.postal_code} if card.postal_code else ""
    return [each for each in (about, called, spoken, zip_code, card.usual_provider, leads) if each]


def need_lines(found: Iterable[NeedCard], referrals: Iterable[ReferralRow]) -> list[NeedLine]:
    """Needs with what was said of them, and what is being done."""
    latest: dict[str, ReferralRow] = {}
    for row in referrals:  # newest first
        over = row.loop.closed and row.loop.outcome not in HELPED
        if not over and row.status not in {Status.REJECTED, Status.CANCELLED, Status.FAILED}:
            latest.setdefault(row.category, row)
    return [NeedLine(each, _need_text(each), _need_tag(each, latest.get(each.category))) for each in found]


def _need_text(need: NeedCard) -> str:
    parts = [f"{wants_help_name(need.wants_help)}."]
    if need.words:
        parts.append(f"“{need.words}”")
    parts.append(_("Found %(day)s.") % {"day": day(need.found_on)})
    if need.ask_again_on:
        parts.append(_("Ask again %(day)s.") % {"day": near_day(need.ask_again_on)})
    return " ".join(parts)


def _need_tag(need: NeedCard, referral: ReferralRow | None) -> Tag | None:
    if need.status != "open":
        return Tag("good" if need.status == "met" else "plain", status_name(need.status))
    if referral is None or referral.need_met is False:
        return None
    if referral.loop.closed:
        return Tag("good", _("Got help"))
    if referral.status in UNDER_WAY:
        return Tag("good", _("Being met"))
    if referral.status == Status.DRAFT:
        return Tag("info", _("Referral not sent yet"))
    return Tag("wait", _("Referral sent"))


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral as a row: where to, what is known, whose move it is."""

    row: ReferralRow
    title: str
    text: str
    label: str
    move: str
    tag: Tag


def referral_lines(rows: Iterable[ReferralRow], person: str) -> list[ReferralLine]:
    """Referrals of a person as the record shows them."""
    return [_referral_line(each, person) for each in rows]


def _referral_line(row: ReferralRow, person: str) -> ReferralLine:
    tag = tag_of(row)
    if row.side != "sender":
        label, move = recipient_move(row, person)
        names = {"who": row.other_party, "service": row.service_name}
        text = _("%(who)s sent it to you: %(service)s.") % names
        return ReferralLine(row, f"{row.sender_name}, {row.other_party}", text, label, move, tag)
    parts = [] if row.service_name == row.service_organization else [f"{row.service_name}."]
    if row.loop.closed and row.loop.at:
        said = {Source.PARTNER: row.service_organization, Source.PERSON: person}
        who = said.get(Source(row.loop.source), str(Source(row.loop.source).label))
        parts.append(_("%(who)s says so, %(day)s.") % {"who": who, "day": near_day(row.loop.at)})
    elif row.sent_at:
        parts.append(_("Sent %(day)s.") % {"day": near_day(row.sent_at)})
    if row.reason:
        parts.append(f"{reason_name(row.reason)}.")
    label, move = move_label(row.turn), move_words(row.turn, person, row.service_organization)
    if not label and row.loop.outcome in HELPED and row.need_met is None:
        label, move = _("Our move:"), _("ask %(person)s if the need is met") % {"person": person}
    return ReferralLine(row, row.service_organization, " ".join(parts), label, move, tag)


def follow_up(episode: EpisodeCard | None, on: date) -> FollowUp | None:
    """Whose move it is, and when to check back."""
    if episode is None:
        return None
    words = episode.next_words or next_move_name(episode.next_move).lower()
    if episode.check_back_on is None:
        return FollowUp(episode, whose_move_name(episode.whose_move), words, None)
    late = episode.check_back_on < on
    tag = None
    if late:
        tag = Tag("stop", _("Was due %(day)s") % {"day": near_day(episode.check_back_on)})
    elif episode.check_back_on == on:
        tag = Tag("wait", _("Due today"))
    return FollowUp(episode, whose_move_name(episode.whose_move), words, tag)


def told_by_others(actor: Actor, person_id: UUID) -> list[ToldByOthers]:
    """Linked records that others share with us now, each with its source; one look is logged for all."""
    links = [each for each in people.links(person_id) if people.exists(each.other_person_id)]
    grant = gate.scope(actor, [each.other_person_id for each in links])
    return [
        ToldByOthers(
            person=people.person(actor, grant, each.other_person_id),
            source=organization(each.other_holder_id).name,
            needs=needs(actor, each.other_person_id, grant=grant),
            link_id=each.id,
        )
        for each in links
    ]
