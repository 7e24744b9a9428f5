"""Who looked: how often each worker opened records, and how often of people that are not their own work."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waypost.coordination.selectors import led_people
from waypost.kernel.actors import Actor
from waypost.kernel.models import AuditEntry

SINGLE = 1  # a look at one record; lists name many people in one line and are no look into a record


@dataclass(frozen=True, slots=True)
class WorkerLooks:
    """Looks into single records by one worker. ``outside``: people whom somebody else leads, or nobody."""

    user_id: UUID
    name: str
    role: str
    people: int
    looks: int
    outside: int
    emergencies: int


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the audit. ``work_of``: the colleague who is covered, or the worker."""

    name: str
    role: str
    person: UUID
    purpose: str
    work_of: UUID


def looks_by_worker(actor: Actor, *, since: datetime) -> list[WorkerLooks]:
    """Workers of the acting organization, most looks outside of their own caseload first.

    Looking outside is not wrong in itself: a front desk, a cover or a review does it every day. It is where a
    privacy officer begins to ask. Whoever stands in for a colleague looks at that colleague's people as at
    their own, and only while they do.
    """
    rows = AuditEntry.objects.filter(
        held_by=actor.organization, action="people.look", at__gte=since, actor_id__isnull=False
    ).values_list("actor_id", "actor_name", "actor_role", "subject_ids", "detail")
    found: dict[UUID, list[Look]] = defaultdict(list)
    covered: set[UUID] = set()
    for user_id, name, role, subjects, detail in rows.iterator():
        if user_id is not None and len(subjects) == SINGLE:
            covers = UUID(detail["covers"]) if detail.get("covers") else None
            purpose = str(detail.get("purpose", ""))
            found[user_id].append(Look(name, role, subjects[0], purpose, covers or user_id))
            covered.add(covers or user_id)
    own = led_people(actor, found.keys() | covered)
    cards = [_worker(user_id, lines, own) for user_id, lines in found.items()]
    return sorted(cards, key=lambda each: (-each.outside, each.name))


def _worker(user_id: UUID, seen: list[Look], own: Mapping[UUID, Collection[UUID]]) -> WorkerLooks:
    mine = own.get(user_id, frozenset())
    outside = {
        each.person
        for each in seen
        if each.person not in mine and each.person not in own.get(each.work_of, ())
    }
    return WorkerLooks(
        user_id=user_id,
        name=next((each.name for each in reversed(seen) if each.work_of == user_id), seen[-1].name),
        role=seen[-1].role,
        people=len({each.person for each in seen}),
        looks=len(seen),
        outside=len(outside),
        emergencies=sum(1 for each in seen if each.purpose == "emergency"),
    )
