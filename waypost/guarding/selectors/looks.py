"""Who looked: how often each worker opened records, and how often of people that are not their own work."""

from collections import defaultdict
from collections.abc import Collection, Iterable
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


def looks_by_worker(actor: Actor, *, since: datetime) -> list[WorkerLooks]:
    """Workers of the acting organization, most looks outside of their own caseload first.

    Looking outside is not wrong in itself: a front desk, a cover or a review does it every day. It is where a
    privacy officer begins to ask.
    """
    rows = AuditEntry.objects.filter(
        held_by=actor.organization, action="people.look", at__gte=since, actor_id__isnull=False
    ).values_list("actor_id", "actor_name", "actor_role", "subject_ids", "detail")
    found: dict[UUID, list[tuple[str, str, UUID, str]]] = defaultdict(list)
    for user_id, name, role, subjects, detail in rows.iterator():
        if user_id is not None and len(subjects) == SINGLE:
            found[user_id].append((name, role, subjects[0], str(detail.get("purpose", ""))))
    own = led_people(actor, found.keys())
    cards = [_worker(user_id, lines, own.get(user_id, frozenset())) for user_id, lines in found.items()]
    return sorted(cards, key=lambda each: (-each.outside, each.name))


def _worker(user_id: UUID, lines: Iterable[tuple[str, str, UUID, str]], own: Collection[UUID]) -> WorkerLooks:
    seen = list(lines)
    name, role = seen[-1][0], seen[-1][1]
    return WorkerLooks(
        user_id=user_id,
        name=name,
        role=role,
        people=len({person for _n, _r, person, _p in seen}),
        looks=len(seen),
        outside=len({person for _n, _r, person, _p in seen if person not in own}),
        emergencies=sum(1 for each in seen if each[3] == "emergency"),
    )
