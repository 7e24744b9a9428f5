"""Reading notices. Row level security shows the organization's own; here, those meant for the reader."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.messaging.models import Notice, NoticeRead

# After that a notice is still on the page, but no longer counts as waiting.
WAITS_FOR = timedelta(days=30)


def for_reader(actor: Actor) -> QuerySet[Notice]:
    """Notices to this user, or to the organization and meant for this role."""
    meant = Q(user_id=actor.user_id) | Q(user_id__isnull=True, roles__contains=[actor.role])
    seen = NoticeRead.objects.filter(notice=OuterRef("pk"), user_id=actor.user_id)
    return Notice.objects.filter(meant, held_by_id=actor.organization).annotate(seen=Exists(seen))


def unread(actor: Actor) -> int:
    """How many notices of the last 30 days this reader has not opened."""
    return for_reader(actor).filter(seen=False, created_at__gte=now() - WAITS_FOR).count()
