"""What a feed says of a field that a human mended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from waypost.directory.choices import LOCAL_SOURCE, ConflictStatus
from waypost.directory.models import Conflict, FieldFact
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now


def remember_feed(
    *,
    actor: Actor,
    entity: str,
    row_id: UUID,
    source: str,
    imported_at: datetime | None,
    field: str,
    before: Any,
    after: Any,
) -> None:
    """Before a human's word is written over a feed's: keep the feed's, and that there is nothing to decide.

    The question comes up when the feed says something else again.
    """
    if source == LOCAL_SOURCE or before == after:
        return
    FieldFact.objects.get_or_create(
        entity=entity,
        row_id=row_id,
        field=field,
        source=source,
        defaults={"value": before, "imported_at": imported_at or now()},
    )
    Conflict.objects.get_or_create(
        entity=entity,
        row_id=row_id,
        field=field,
        theirs_row=row_id,
        source=source,
        defaults={
            "ours": after,
            "theirs": before,
            "status": ConflictStatus.KEPT,
            "opened_at": now(),
            "decided_at": now(),
            "decided_by": actor.user_id,
            "decided_by_name": actor.name,
        },
    )
