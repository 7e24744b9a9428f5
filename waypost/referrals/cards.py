"""Referrals as pages see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from waypost.disclosure.carried import Carried
from waypost.referrals.rules import Loop, Turn


@dataclass(frozen=True, slots=True)
class EventCard:
    """One line of the timeline. ``kind``: "move" or "report"."""

    id: UUID
    kind: str
    name: str
    who: str
    organization: str
    ours: bool
    at: datetime
    reason: str
    words: str
    source: str
    scheduled_for: datetime | None
    undone: bool


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A line in a list. ``person_name`` is the sender's own name for the person, or what was shared.

    ``told``: what the recipient was told, for the recipient's own list; empty on the sender's side.
    ``sensitive``: it carries sensitive matters, so that no title or export tells of it. ``hidden``: they are
    not for this reader, who gets the category "private" and no names or words.
    ``answer_words``, ``answer_by``: the last words that the service wrote with an answer, and who wrote them.
    """

    id: UUID
    reference: str
    side: str
    person_id: UUID
    person_name: str
    category: str
    service_name: str
    service_organization: str
    sender_name: str
    other_party: str
    status: str
    reason: str
    urgency: str
    sent_at: datetime | None
    moved_at: datetime
    check_back_on: date | None
    turn: Turn
    loop: Loop
    need_met: bool | None
    told: Mapping[str, Any] = field(default_factory=dict)
    answer_words: str = ""
    answer_by: str = ""
    sharing_ended: bool = False
    may_reply: bool = True
    sensitive: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ReferralCard:
    """One referral, whole, for the side that looks at it."""

    row: ReferralRow
    sensitivities: tuple[str, ...]
    need_id: UUID
    service_id: UUID
    sender_id: UUID
    recipient_id: UUID | None
    recipient_person_id: UUID | None
    handoff: str
    next_move: str
    next_move_by: date | None
    person_knows: bool
    words_to_recipient: str
    reason_words: str
    basis: str
    consent_id: UUID | None
    topics: tuple[str, ...]
    shared: dict[str, Any]
    may_reply: bool
    sharing_ended_at: datetime | None
    sharing_ran_out: bool
    withdrawn_at: datetime | None
    parent_id: UUID | None
    created_at: datetime
    answered_at: datetime | None
    moves: tuple[str, ...]
    timeline: tuple[EventCard, ...]
    undo_until: datetime | None
    asked_at: datetime | None = None  # the person was there and asked for exactly this

    @property
    def carries(self) -> tuple[str, ...]:
        """What the law wants to travel with it to its recipient; ``disclosure.carried`` has the words."""
        return tuple(self.shared.get("carries", ()))

    @property
    def scope(self) -> dict[str, Any]:
        """What the consent covers on which it was sent, as it was on that day."""
        return dict(self.shared.get("scope", {}))

    @property
    def back(self) -> Carried:
        """The same for what the recipient answers."""
        told = self.shared.get("back", {})
        return Carried(tuple(told.get("carries", ())), dict(told.get("scope", {})))


@dataclass(frozen=True, slots=True)
class TombstoneCard:
    """A referral that was recalled, as its former recipient still knows it."""

    referral_id: UUID
    reference: str
    sender_name: str
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True)
class Parties:
    """Between whom a referral runs, and whether anything still flows: what a notice needs to know."""

    sender_id: UUID
    recipient_id: UUID | None
    sent_by: UUID | None
    sharing_ended: bool
    withdrawn: bool
    person_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class LoopFact:
    """A referral as a row for figures: no name, no words. A recalled one no longer names its recipient."""

    referral_id: UUID
    sender_id: UUID
    recipient_id: UUID | None
    need_id: UUID
    service_id: UUID
    category: str
    handoff: str
    status: str
    sent_at: datetime
    answered_at: datetime | None
    outcome: str
    outcome_at: datetime | None
    need_met: bool | None
