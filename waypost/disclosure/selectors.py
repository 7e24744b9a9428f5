"""Who was told what, and who looked: for the person who asks, and for the privacy officer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from waypost.disclosure.carried import Carried, carried_words, emergency_words
from waypost.disclosure.models import Access, Disclosure
from waypost.disclosure.rules.accounting import exemption
from waypost.disclosure.rules.facts import EMERGENCY, MINOR_CONSENTED
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.models import AuditEntry

__all__ = [
    "AccessCard",
    "Carried",
    "DisclosureCard",
    "LookCard",
    "carried_words",
    "emergency_words",
    "disclosures",
    "looks",
    "open_access",
]


@dataclass(frozen=True, slots=True)
class DisclosureCard:
    """One line of the accounting of disclosures."""

    at: datetime
    recipient_name: str
    topics: tuple[str, ...]
    purpose: str
    basis: str
    actor_name: str
    source: str
    carries: tuple[str, ...] = ()
    scope: Mapping[str, Any] = field(default_factory=dict)

    @property
    def exempt(self) -> str:
        """Why the accounting of 45 CFR 164.528 need not list it; '' where it has to."""
        return exemption(self.basis, self.purpose)


@dataclass(frozen=True, slots=True)
class LookCard:
    """Somebody of one's own organization looked at a record."""

    at: datetime
    actor_name: str
    actor_role: str
    purpose: str


@dataclass(frozen=True, slots=True)
class AccessCard:
    """An access that is open now."""

    recipient_id: UUID
    topics: tuple[str, ...]
    basis: str
    ends_at: datetime | None


def disclosures(
    actor: Actor, person_id: UUID, *, referral_ids: Iterable[UUID] = (), for_parent: bool = False
) -> list[DisclosureCard]:
    """What left about an own person, newest first; ``for_parent``: but for what they asked for alone.

    ``referral_ids``: referrals that reached us about this person; what we answered before the person stood in
    our own records belongs to them too.
    """
    ours = Disclosure.objects.filter(held_by_id=actor.organization)
    rows = ours.filter(Q(person_id=person_id) | Q(source_id__in=list(referral_ids))).order_by("-at", "-id")
    rows = rows.exclude(sensitivities__contains=[MINOR_CONSENTED]) if for_parent else rows
    return [
        DisclosureCard(
            at=row.at,
            recipient_name=row.recipient_name,
            topics=tuple(row.topics),
            purpose=row.purpose,
            basis=row.basis,
            actor_name=row.actor_name,
            source=row.source,
            carries=tuple(row.carries),
            scope=row.scope,
        )
        for row in rows
    ]


# What counts as a look: opening, printing the accounting, taking a copy of the whole record away.
LOOKS = ("people.look", "people.accounting", "copy.download")


def looks(actor: Actor, person_id: UUID, *, limit: int = 500) -> list[LookCard]:
    """Who of the acting organization looked at this person, and why, newest first; exports too."""
    rows = AuditEntry.objects.filter(
        held_by=actor.organization, action__in=LOOKS, subject_ids__contains=[person_id]
    ).order_by("-at")[:limit]
    return [
        LookCard(
            at=row.at,
            actor_name=row.actor_name,
            actor_role=row.actor_role,
            purpose=str(row.detail.get("purpose", row.action)),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class EmergencyAccessCard:
    """A record that an emergency opened."""

    person_id: UUID
    holder_id: UUID
    topics: tuple[str, ...]
    ends_at: datetime


def emergency_access(actor: Actor, emergency_id: UUID) -> list[EmergencyAccessCard]:
    """What an emergency opened, as far as this actor may know: the opener all, a holder its own."""
    rows = Access.objects.filter(source=EMERGENCY, source_id=emergency_id).order_by("starts_at", "id")
    return [
        EmergencyAccessCard(row.person_id, row.holder_id, tuple(row.topics), row.ends_at or row.starts_at)
        for row in rows
    ]


def only_by_emergency(actor: Actor, person_id: UUID) -> bool:
    """Whether this worker sees somebody else's record by an emergency and on no other basis."""
    rows = Access.objects.filter(person_id=person_id, recipient_id=actor.organization, starts_at__lte=now())
    bases = set(rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now())).values_list("basis", flat=True))
    return bases == {EMERGENCY}


def emergency_topics(actor: Actor, person_id: UUID) -> frozenset[str]:
    """What an emergency shows this worker of one person now."""
    rows = Access.objects.filter(
        person_id=person_id, recipient_id=actor.organization, basis=EMERGENCY, starts_at__lte=now()
    ).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now()))
    return frozenset(topic for topics in rows.values_list("topics", flat=True) for topic in topics)


def open_access(actor: Actor, person_id: UUID, *, for_parent: bool = False) -> list[AccessCard]:
    """Which organizations see an own person now; ``for_parent`` as above."""
    rows = Access.objects.filter(holder_id=actor.organization, person_id=person_id)
    rows = rows.exclude(sensitivities__contains=[MINOR_CONSENTED]) if for_parent else rows
    return [
        AccessCard(
            recipient_id=row.recipient_id, topics=tuple(row.topics), basis=row.basis, ends_at=row.ends_at
        )
        for row in rows
        if row.ends_at is None or row.ends_at > now()
    ]
