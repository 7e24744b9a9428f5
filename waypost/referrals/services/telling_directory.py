"""How referrals to each service went, told to the directory: numbers, nothing about anybody."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from waypost.directory.services import UseCount, keep_use
from waypost.kernel.clock import now
from waypost.network.selectors import organizations
from waypost.referrals.cards import LoopFact
from waypost.referrals.choices import TELLS_NOTHING, Fact, Status
from waypost.referrals.selectors import loop_facts

HALF_A_YEAR = timedelta(days=182)
PATIENCE = timedelta(days=7)  # before a referral counts as unanswered
ACCEPTED = {
    Status.ACCEPTED.value,
    Status.IN_PROGRESS.value,
    Status.ON_HOLD.value,
    Status.COMPLETED.value,
    Status.FAILED.value,
}
GOT_IT = {Fact.RECEIVED.value, Fact.PARTLY.value}


def tell_directory() -> int:
    """Count the last half year anew; how many services have numbers.

    Victim-service providers are in no such figure, neither as recipients nor as senders (34 U.S.C. 12291).
    """
    moment = now()
    left_out = {each.id for each in organizations() if each.is_victim_service}
    facts = (
        fact
        for fact in loop_facts(since=moment - HALF_A_YEAR, until=moment)
        if not {fact.sender_id, fact.recipient_id} & left_out
    )
    return keep_use(counts=use_counts(facts, at=moment))


def use_counts(facts: Iterable[LoopFact], *, at: datetime) -> list[UseCount]:
    """Numbers by service. What was called off before it was known how it ended counts for nobody."""
    by_service: dict[UUID, list[LoopFact]] = defaultdict(list)
    for fact in facts:
        if fact.outcome or fact.status != Status.CANCELLED:
            by_service[fact.service_id].append(fact)
    return [_count(service_id, rows, at) for service_id, rows in by_service.items()]


def _count(service_id: UUID, rows: list[LoopFact], at: datetime) -> UseCount:
    return UseCount(
        service_id=service_id,
        sent=len(rows),
        accepted=sum(row.status in ACCEPTED for row in rows),
        unanswered=sum(_unanswered(row, at) for row in rows),
        outcome_known=sum(bool(row.outcome) for row in rows),
        received=sum(row.outcome in GOT_IT for row in rows),
    )


def _unanswered(row: LoopFact, at: datetime) -> bool:
    """The service was told, has had a week, and nobody knows anything."""
    waiting = row.status == Status.REQUESTED and not row.outcome and row.handoff not in TELLS_NOTHING
    return waiting and row.sent_at <= at - PATIENCE
