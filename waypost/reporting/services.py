"""Keeping the facts: one referral after an event, or all of them anew."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from waypost.directory.selectors import referral_target
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible
from waypost.network.selectors import organizations
from waypost.referrals.cards import LoopFact
from waypost.referrals.selectors import loop_fact, loop_facts
from waypost.reporting.models import ReferralFact

BATCH = 1000
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)
FIELDS = [field.name for field in ReferralFact._meta.fields if not field.primary_key]


def refresh(referral_id: UUID) -> None:
    """Count one referral anew from its present state; safe to repeat and in any order.

    The lock makes two that come at once follow each other, so that the older reading never wins.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"fact {referral_id}"])
        fact = loop_fact(referral_id)
        if fact is None or _Left().out(fact):
            ReferralFact.objects.filter(pk=referral_id).delete()
        else:
            _write([fact])


def rebuild_facts() -> int:
    """Count every referral anew; returns how many facts there are. Readers see the old ones until the end."""
    written = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE reporting_referralfact IN SHARE ROW EXCLUSIVE MODE")
        ReferralFact.objects.all().delete()
        left = _Left()
        facts = (fact for fact in loop_facts(since=BEGINNING, until=END) if not left.out(fact))
        for batch in _batches(facts):
            _write(batch)
            written += len(batch)
    return written


def _batches(facts: Iterator[LoopFact]) -> Iterator[list[LoopFact]]:
    while batch := list(islice(facts, BATCH)):
        yield batch


def _write(facts: list[LoopFact]) -> None:
    ReferralFact.objects.bulk_create(
        [ReferralFact(**asdict(fact), counted_at=now()) for fact in facts],
        update_conflicts=True,
        unique_fields=["referral_id"],
        update_fields=FIELDS,
    )


class _Left:
    """What no fact is kept of: referrals from or to victim-service providers (34 U.S.C. 12291(b)(2))."""

    def __init__(self) -> None:
        self.organizations = {each.id for each in organizations() if each.is_victim_service}
        self.listing = lru_cache(maxsize=None)(_serves_victims)

    def out(self, fact: LoopFact) -> bool:
        """Whether this referral is left out."""
        parties = {fact.sender_id, fact.recipient_id}
        return bool(parties & self.organizations) or self.listing(fact.service_id)


def _serves_victims(service_id: UUID) -> bool:
    try:
        return referral_target(service_id).is_victim_service
    except NotVisible:
        return False  # the listing is gone; its organization, if it takes part, was asked above
