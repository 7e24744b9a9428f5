"""What somebody decides where two sources differ."""

from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import LOCAL_SOURCE, ConflictStatus
from waypost.directory.models import Conflict, FieldFact, Precedence, SettleDue
from waypost.directory.rules.precedence import PLACES, TRUSTED
from waypost.directory.services.merging import may_keep
from waypost.directory.services.settling import settle, settle_due
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused

KEEP, TAKE, TRUST = "keep", "take", "trust"
MOST_AT_ONCE = 500


def decide_conflict(*, actor: Actor, conflict_id: UUID, choice: str) -> None:
    """Keep ours, take theirs, or from now on always believe this source about this field."""
    may_keep(actor)
    row = Conflict.objects.select_for_update().filter(pk=conflict_id).first()
    if row is None:
        raise NotVisible
    if row.status != ConflictStatus.OPEN:
        raise Refused(_("Somebody has decided this already."))
    if choice not in (KEEP, TAKE, TRUST):
        raise Refused(_("Choose one of the two."))
    if choice == TRUST:
        trust_source(actor=actor, source=row.source, field=row.field)
        return
    _decide(actor, row, choice)


def decide_feed(*, actor: Actor, source: str, choice: str, field: str = "") -> int:
    """The same choice for open conflicts of one feed (and one field), up to 500; how many."""
    may_keep(actor)
    if choice not in (KEEP, TAKE):
        raise Refused(_("Choose one of the two."))
    rows = Conflict.objects.select_for_update().filter(source=source, status=ConflictStatus.OPEN)
    if field:
        rows = rows.filter(field=field)
    found = list(rows.order_by("opened_at", "id")[:MOST_AT_ONCE])
    for row in found:
        _decide(actor, row, choice)
    return len(found)


def trust_source(*, actor: Actor, source: str, field: str = "") -> None:
    """Believe this source about this field (empty: every field) before everybody else, people included."""
    may_keep(actor)
    Precedence.objects.update_or_create(
        field=field,
        source=source,
        defaults={"rank": TRUSTED, "by": actor.user_id, "by_name": actor.name, "at": now()},
    )
    _record(actor, "directory.trust", [], source=source, field=field)
    _settle_again(source, field)


def rank_source(*, actor: Actor, source: str, place: str) -> None:
    """Put a feed before people, before other feeds, among them or behind them, for every field."""
    may_keep(actor)
    if place not in PLACES:
        raise Refused(_("Choose one of the places."), field="place")
    rank = PLACES[place]
    if rank is None:
        Precedence.objects.filter(field="", source=source).delete()
    else:
        Precedence.objects.update_or_create(
            field="",
            source=source,
            defaults={"rank": rank, "by": actor.user_id, "by_name": actor.name, "at": now()},
        )
    _record(actor, "directory.rank", [], source=source, place=place)
    _settle_again(source, "")


def stop_trusting(*, actor: Actor, precedence_id: UUID) -> None:
    """Believe this source as any other again."""
    may_keep(actor)
    row = Precedence.objects.filter(pk=precedence_id).first()
    if row is None:
        raise NotVisible
    row.delete()
    _record(actor, "directory.trust_ended", [], source=row.source, field=row.field)
    _settle_again(row.source, row.field)


def _decide(actor: Actor, row: Conflict, choice: str) -> None:
    row.status = ConflictStatus.TAKEN if choice == TAKE else ConflictStatus.KEPT
    row.decided_at, row.decided_by, row.decided_by_name = now(), actor.user_id, actor.name
    row.save(update_fields=["status", "decided_at", "decided_by", "decided_by_name"])
    if choice == TAKE:
        _take(actor, row)
    _record(actor, f"directory.conflict_{choice}", [row.row_id], field=row.field, source=row.source)


def _take(actor: Actor, row: Conflict) -> None:
    """Theirs stands: of the listing's own feed, from now on; of a merged listing, this value."""
    local = FieldFact.objects.filter(
        entity=row.entity, row_id=row.row_id, field=row.field, source=LOCAL_SOURCE
    )
    if row.theirs_row == row.row_id:
        local.delete()
    else:
        local.delete()
        FieldFact.objects.create(
            entity=row.entity,
            row_id=row.row_id,
            field=row.field,
            source=LOCAL_SOURCE,
            value=row.theirs,
            confirmed_by_id=actor.user_id,
        )
    settle(row.entity, row.row_id)


def _settle_again(source: str, field: str) -> None:
    """Every listing of which this source says something that somebody else says differently."""
    rows = Conflict.objects.filter(source=source)
    facts = FieldFact.objects.filter(source=source, imported_at__isnull=False)
    if field:
        rows, facts = rows.filter(field=field), facts.filter(field=field)
    concerned = {*rows.values_list("entity", "row_id"), *facts.values_list("entity", "row_id")}
    SettleDue.objects.bulk_create([SettleDue(entity=entity, row_id=row) for entity, row in concerned])
    settle_due()


def _record(actor: Actor, action: str, subjects: list[UUID], **detail: str) -> None:
    audit.record(action, actor=actor, subject_type="listing", subject_ids=subjects, **detail)
