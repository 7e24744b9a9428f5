"""Reading notices. Row level security shows the organization's own; here, those meant for the reader."""

from datetime import timedelta
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.messaging.cards import NoticeCard
from waypost.messaging.kinds import KINDS
from waypost.messaging.models import Notice, NoticeRead
from waypost.referrals.choices import Fact

# After that a notice is still on the page, but no longer counts as waiting.
WAITS_FOR = timedelta(days=30)
PAGE = 50


def for_reader(actor: Actor) -> QuerySet[Notice]:
    """Notices to this user, or to the organization and meant for this role."""
    meant = Q(user_id=actor.works_for or reader(actor)) | Q(
        user_id__isnull=True, roles__contains=[actor.role]
    )
    return Notice.objects.filter(meant, held_by_id=actor.organization)


def reader(actor: Actor) -> UUID:
    """The user who reads; what nobody reads cannot be asked for."""
    if actor.user_id is None:
        raise PermissionError("notices are read by a user")
    return actor.user_id


def seen_by(actor: Actor) -> Exists:
    """Whether this reader has opened the notice: a condition for queries."""
    return Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user_id=reader(actor)))


def waiting(actor: Actor) -> Q:
    """What counts as new to this reader: not opened, and not older than 30 days."""
    return Q(~seen_by(actor), created_at__gte=now() - WAITS_FOR)


def unread(actor: Actor) -> int:
    """How many notices of the last 30 days this reader has not opened."""
    return for_reader(actor).filter(waiting(actor)).count()


def notices(actor: Actor, *, page: int = 1) -> tuple[list[NoticeCard], int]:
    """A page of notices, those that wait first, then newest first; and how many there are."""
    rows = for_reader(actor)
    first = ExpressionWrapper(waiting(actor), output_field=BooleanField()).desc()
    start = (max(page, 1) - 1) * PAGE
    found = list(rows.order_by(first, "-created_at", "-id")[start : start + PAGE])
    new = rows.filter(waiting(actor), pk__in=[row.id for row in found])
    unopened = set(new.values_list("id", flat=True))
    return [_card(row, unread=row.id in unopened) for row in found], rows.count()


def _card(row: Notice, *, unread: bool) -> NoticeCard:
    return NoticeCard(
        id=row.id,
        kind=row.kind,
        words=str(KINDS[row.kind].line) % {"who": row.from_name, "reference": row.reference},
        detail=str(Fact(row.detail).label) if row.detail else "",
        reference=row.reference,
        created_at=row.created_at,
        unread=unread,
    )
