"""Background work: facts follow the events."""

from uuid import UUID

from waypost.kernel.events import Announcement
from waypost.reporting.services import refresh

CHANGES = (
    "referral.sent",
    "referral.accepted",
    "referral.rejected",
    "referral.started",
    "referral.paused",
    "referral.resumed",
    "referral.completed",
    "referral.failed",
    "referral.cancelled",
    "referral.entered_in_error",
    "referral.reported",
    "referral.undone",
    "referral.withdrawn",
)


def count_again(event: Announcement) -> None:
    """The later subscriber: read the referral as it is now; order and repetition do not matter."""
    refresh(UUID(event.ids["referral_id"]))
