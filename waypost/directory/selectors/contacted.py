"""One's own log of calls and visits, and the time that went into keeping listings true."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from waypost.directory.models import Contacted
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible


@dataclass(frozen=True, slots=True)
class ContactedCard:
    """One call, visit or look."""

    id: UUID
    service_id: UUID | None
    service_name: str
    organization_name: str
    how: str
    result: str
    confirmed: tuple[str, ...]
    changed: tuple[str, ...]
    not_asked: tuple[str, ...]
    with_whom: str
    words: str
    seconds: int
    at: datetime
    user_name: str
    team_name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """What one team spent in a month; ``month`` is its first day."""

    month: date
    team: str
    seconds: int
    contacts: int
    reached: int


def contacted(actor: Actor, contacted_id: UUID) -> ContactedCard:
    """One entry of one's own organization. Raises NotVisible."""
    row = _own(actor).filter(pk=contacted_id).first()
    if row is None:
        raise NotVisible
    return _card(actor, row)


def contact_log(
    actor: Actor, *, service_id: UUID | None = None, how: str = "", page: int = 1, size: int = 50
) -> tuple[list[ContactedCard], int]:
    """A page of the log, newest first, and how many there are."""
    rows = _own(actor)
    if service_id:
        rows = rows.filter(service_id=service_id)
    if how:
        rows = rows.filter(how=how)
    start = (page - 1) * size
    return [_card(actor, row) for row in rows.order_by("-at", "-id")[start : start + size]], rows.count()


def time_spent(actor: Actor, *, since: date) -> tuple[TimeSpent, ...]:
    """Seconds by month and team, newest first; those without a team come under no name."""
    rows = (
        Contacted.objects.filter(held_by_id=actor.organization, at__date__gte=since)
        .annotate(month=TruncMonth("at"))
        .values("month", "team__name")
        .annotate(spent=Sum("seconds"), contacts=Count("id"), reached=Count("id", filter=Q(result="reached")))
        .order_by("-month", "team__name")
    )
    return tuple(_time(dict(row)) for row in rows)


def _time(row: dict[str, Any]) -> TimeSpent:
    month: datetime = row["month"]
    return TimeSpent(month.date(), row["team__name"] or "", row["spent"], row["contacts"], row["reached"])


def _own(actor: Actor) -> QuerySet[Contacted]:
    return Contacted.objects.filter(held_by_id=actor.organization).select_related(
        "service__organization", "organization", "user", "team"
    )


def _card(actor: Actor, row: Contacted) -> ContactedCard:
    organization = row.organization or (row.service.organization if row.service else None)
    return ContactedCard(
        id=row.id,
        service_id=row.service_id if row.service and not row.service.hidden_why else None,
        service_name=row.service.name if row.service else "",
        organization_name=organization.name if organization else "",
        how=row.how,
        result=row.result,
        confirmed=tuple(row.confirmed),
        changed=tuple(row.changed),
        not_asked=tuple(row.not_asked),
        with_whom=row.with_whom,
        words=row.words,
        seconds=row.seconds,
        at=row.at,
        user_name=row.user.name if row.user else "",
        team_name=row.team.name if row.team else "",
        mine=row.user_id is not None and row.user_id == actor.user_id,
    )
