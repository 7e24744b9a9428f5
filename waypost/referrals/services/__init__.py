"""Writing referrals: drafting and sending, moving, reporting, ending."""

from waypost.referrals.services.ending import recall
from waypost.referrals.services.moving import move, note, undo
from waypost.referrals.services.receiving import take_into_records
from waypost.referrals.services.reporting import report
from waypost.referrals.services.sending import discard_draft, draft, plan_handoff, send

__all__ = [
    "discard_draft",
    "draft",
    "move",
    "note",
    "plan_handoff",
    "recall",
    "report",
    "send",
    "take_into_records",
    "undo",
]
