"""Twenty referrals of a small clinic, made by hand; the figures over them are worked out in the tests.

Times are local (Los Angeles, UTC-7 until 31 October 2026, UTC-8 after). ``hours``: until the answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from waypost.referrals.cards import LoopFact

ZONE = ZoneInfo("America/Los_Angeles")
CLINIC = UUID(int=1)
BANK, RIDE, ENERGY = UUID(int=2), UUID(int=3), UUID(int=4)


@dataclass(frozen=True)
class Sent:
    """A line of the table. ``to`` None: a service outside the network."""

    number: int
    at: str
    need: int
    to: UUID | None
    handoff: str
    hours: int | None
    outcome: str
    met: bool | None


YES, NO = True, False
TABLE = (
    # September: needs 1 to 6. Need 1 has two referrals; need 4 gets its second one in October.
    Sent(1, "2026-09-01T09:00", 1, BANK, "inbox", 2, "received", YES),
    Sent(2, "2026-09-02T09:00", 1, RIDE, "inbox", 48, "not_received", None),
    Sent(3, "2026-09-07T09:00", 2, BANK, "inbox", 4, "partly_received", NO),
    Sent(4, "2026-09-09T09:00", 3, None, "phone", 24, "not_received", None),
    Sent(5, "2026-09-14T09:00", 4, ENERGY, "inbox", None, "", None),
    Sent(6, "2026-10-05T09:00", 4, RIDE, "inbox", 72, "received", YES),
    Sent(7, "2026-09-30T20:00", 5, None, "take_along", None, "received", YES),  # 1 October in UTC
    Sent(8, "2026-09-16T09:00", 6, None, "together", None, "", None),
    # October: needs 7 to 12. Need 8 has two referrals with opposite outcomes and two words of the person.
    Sent(9, "2026-10-01T09:00", 7, BANK, "inbox", 6, "received", None),
    Sent(10, "2026-10-02T09:00", 8, BANK, "inbox", 8, "not_received", NO),
    Sent(11, "2026-10-12T09:00", 8, ENERGY, "inbox", 50, "received", YES),
    Sent(12, "2026-10-13T09:00", 9, ENERGY, "inbox", None, "", None),
    Sent(13, "2026-10-14T09:00", 10, None, "phone", 1, "", None),
    Sent(14, "2026-10-15T09:00", 11, RIDE, "inbox", 96, "", None),
    Sent(15, "2026-10-31T23:30", 12, BANK, "inbox", 10, "partly_received", YES),  # November in UTC
    # November: needs 13 to 15, too early to say on 3 December.
    Sent(16, "2026-11-02T09:00", 13, BANK, "inbox", 3, "received", YES),
    Sent(17, "2026-11-03T09:00", 14, RIDE, "inbox", None, "", None),
    Sent(18, "2026-11-10T09:00", 14, BANK, "inbox", 5, "", None),
    Sent(19, "2026-11-30T09:00", 15, ENERGY, "inbox", None, "", None),
    # December: need 16.
    Sent(20, "2026-12-01T09:00", 16, BANK, "inbox", None, "", None),
)


def facts() -> list[LoopFact]:
    """The table as facts."""
    return [fact(line) for line in TABLE]


def fact(line: Sent) -> LoopFact:
    """One line as a fact."""
    sent = datetime.fromisoformat(line.at).replace(tzinfo=ZONE)
    answered = None if line.hours is None else sent + timedelta(hours=line.hours)
    return LoopFact(
        referral_id=UUID(int=1000 + line.number),
        sender_id=CLINIC,
        recipient_id=line.to,
        need_id=UUID(int=2000 + line.need),
        service_id=UUID(int=3000),
        category="food-insecurity",
        handoff=line.handoff,
        status="requested",
        sent_at=sent,
        answered_at=answered,
        outcome=line.outcome,
        outcome_at=sent + timedelta(days=3) if line.outcome else None,
        need_met=line.met,
    )
