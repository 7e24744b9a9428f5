"""Reading referrals. Row level security shows sender and recipient their own; nothing else is asked here."""

from waypost.referrals.selectors.facts import loop_fact, loop_facts, usual_answer_times
from waypost.referrals.selectors.lists import (
    Filter,
    answers_since,
    by_reference,
    counts,
    inbox,
    of_person,
    sent,
    tombstones,
)
from waypost.referrals.selectors.one import event_stands, parties, referral, referrals

__all__ = [
    "Filter",
    "answers_since",
    "by_reference",
    "counts",
    "event_stands",
    "inbox",
    "loop_fact",
    "loop_facts",
    "of_person",
    "parties",
    "referral",
    "referrals",
    "sent",
    "tombstones",
    "usual_answer_times",
]
