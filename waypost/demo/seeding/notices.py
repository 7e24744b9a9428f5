"""What stands on the notice pages on the morning of the seeding, without a single e-mail."""

from datetime import datetime, timedelta

from waypost.demo.seeding.cast import Cast
from waypost.kernel import events
from waypost.kernel.clock import at
from waypost.kernel.transaction import acting
from waypost.messaging.kinds import KINDS
from waypost.messaging.services import MAIL_WITHIN, mark_all_read, tell

KEPT = timedelta(days=12)
UNREAD = timedelta(days=2)


def make_notices(cast: Cast, *, moment: datetime) -> int:
    """Notices of the last days; all but the newest have been read. Returns how many events were told.

    Told as if long after they happened: then they stand on the page, and nobody gets mail.
    """
    with at(moment + MAIL_WITHIN):
        told = [each for each in events.past(KINDS, since=moment - KEPT)]
        older = [each for each in told if each.at < moment - UNREAD]
        for event in older:
            tell(event)
        for member in (each for members in cast.members.values() for each in members):
            with acting(member.actor):
                mark_all_read(actor=member.actor)
        for event in told[len(older) :]:
            tell(event)
    return len(told)
