"""One listing shown in place of another, and taking that back: nothing is moved that is not written down."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.directory.choices import FactOf, HiddenWhy, LikenessStatus
from waypost.directory.models import Likeness, Location, Merge, Moved, Organization, Service
from waypost.directory.models.base import Listed
from waypost.directory.moves import ALWAYS, LISTS, MERGED_INTO, OF_KIND, Column
from waypost.directory.services.hiding import settle_hidden
from waypost.directory.services.settling import settle
from waypost.directory.tables import field_name, model_of
from waypost.directory.values import MODELS
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action, may


def merge_listings(*, actor: Actor, kind: str, keep: UUID, other: UUID) -> UUID:
    """Show ``keep`` in place of ``other``; the id of the merge, by which it can be taken back.

    The other stays as its feed's record, hidden, and goes on being brought up to date by its feed.
    Refused where somebody would lose the listing that he looks after, or a place would become known.
    """
    may_keep(actor)
    kept, merged = _both(kind, keep, other)
    _refuse_what_harms(kept, merged)
    merge = join(actor, kind, kept, merged)
    settle(kind, keep)
    _decided(actor, kind, keep, other, LikenessStatus.MERGED)
    audit.record("directory.merge", actor=actor, subject_type="listing", subject_ids=[keep, other], kind=kind)
    return merge.id


def join(actor: Actor, kind: str, kept: Listed, merged: Listed) -> Merge:
    """Hang on the kept listing what goes along with the other, write down where it was, hide the other."""
    keep, other = kept.pk, merged.pk
    merge = Merge.objects.create(
        kind=kind, kept=keep, merged=other, at=now(), by=actor.user_id, by_name=actor.name
    )
    for column in ALWAYS[kind]:
        _move(merge, column, _not_yet_there(kind, column, keep, other))
    for column in LISTS[kind]:
        table, name = column
        rows = model_of(table)._default_manager
        if not rows.filter(**{field_name(table, name): keep}).exists():
            merge.lists.append(list(column))
            _move(merge, column, rows.filter(**{field_name(table, name): other}).values_list("id", flat=True))
    merge.save(update_fields=["lists"])
    below = MODELS[kind]._default_manager.filter(merged_into_id=other).values_list("id", flat=True)
    _move(merge, (OF_KIND[FactOf(kind)], MERGED_INTO), below)
    MODELS[kind]._default_manager.filter(pk=other).update(merged_into_id=keep)
    settle_hidden(kind, [other])
    return merge


def undo_merge(*, actor: Actor, merge_id: UUID) -> None:
    """Everything that the merge moved goes back to where it was; both listings stand for themselves again."""
    may_keep(actor)
    merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise NotVisible
    if merge.undone_at is not None:
        raise Refused(_("This merge was taken back already."))
    MODELS[merge.kind]._default_manager.filter(pk=merge.merged).update(merged_into_id=None)
    for table, column, said in merge.moved.order_by().values_list("table", "column", "said").distinct():
        ids = list(merge.moved.filter(table=table, column=column, said=said).values_list("row_id", flat=True))
        _set(table, column, ids, said)
        Moved.objects.filter(table=table, column=column, row_id__in=ids, merge__at__gte=merge.at).delete()
    Moved.objects.filter(table=OF_KIND[FactOf(merge.kind)], column=MERGED_INTO, row_id=merge.merged).delete()
    merge.undone_at, merge.undone_by, merge.undone_by_name = now(), actor.user_id, actor.name
    merge.save(update_fields=["undone_at", "undone_by", "undone_by_name"])
    settle_hidden(merge.kind, [merge.merged])
    for each in (merge.kept, merge.merged):
        settle(merge.kind, each)
    _decided(actor, merge.kind, merge.kept, merge.merged, LikenessStatus.OPEN)
    audit.record(
        "directory.unmerge",
        actor=actor,
        subject_type="listing",
        subject_ids=[merge.kept, merge.merged],
        kind=merge.kind,
    )


def decide_likeness(*, actor: Actor, likeness_id: UUID, status: str) -> None:
    """Say that two listings are different, that this can wait, or that it is open again."""
    may_keep(actor)
    row = Likeness.objects.select_for_update().filter(pk=likeness_id).first()
    if row is None:
        raise NotVisible
    if status not in (LikenessStatus.DIFFERENT, LikenessStatus.LATER, LikenessStatus.OPEN):
        raise Refused(_("Choose what these two are."))
    if row.status == LikenessStatus.MERGED:
        raise Refused(_("These two are merged. Take the merge back first."))
    _decided(actor, row.kind, row.a, row.b, LikenessStatus(status))
    audit.record(
        "directory.likeness",
        actor=actor,
        subject_type="listing",
        subject_ids=[row.a, row.b],
        kind=row.kind,
        status=status,
    )


def may_keep(actor: Actor) -> None:
    """Raises Refused for whoever does not look after the whole directory."""
    if actor != SYSTEM and not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only those who look after the directory can do this."))


def _both(kind: str, keep: UUID, other: UUID) -> tuple[Listed, Listed]:
    if keep == other or kind not in MODELS:
        raise NotVisible
    rows = MODELS[kind]._default_manager.select_for_update().filter(pk__in=[keep, other]).order_by("pk")
    found = {row.id: row for row in rows}
    if len(found) < 2:  # noqa: PLR2004
        raise NotVisible
    for row in found.values():
        if row.hidden_why == HiddenWhy.MERGED:
            raise Refused(_("One of these is merged into another listing already."))
        if row.hidden_why:
            raise Refused(_("One of these is not shown any more. Look at the hidden listings first."))
    return found[keep], found[other]


def _refuse_what_harms(kept: Listed, merged: Listed) -> None:
    mine, theirs = _organization(kept), _organization(merged)
    if theirs is not None and theirs.claimed_by_id is not None:
        if mine is None or mine.claimed_by_id is None:
            raise Refused(_("An organization looks after “%(name)s”: keep that one.") % {"name": theirs.name})
        if mine.claimed_by_id != theirs.claimed_by_id:
            raise Refused(
                _("Two organizations look after these listings. Let one of them give its listing back first.")
            )
    if (mine is not None and mine.is_victim_service) != (theirs is not None and theirs.is_victim_service):
        raise Refused(_("One of these is a victim service and the other is not. They stay apart."))
    if (
        isinstance(kept, Location)
        and isinstance(merged, Location)
        and kept.confidential != merged.confidential
    ):
        raise Refused(_("One of these places is confidential and the other is not. They stay apart."))


def _organization(row: Listed) -> Organization | None:
    if isinstance(row, Organization):
        return row
    return row.organization if isinstance(row, Service | Location) else None


def _not_yet_there(kind: str, column: Column, keep: UUID, other: UUID) -> Iterable[UUID]:
    """The other's rows; a service that is at the kept place already is not put there twice."""
    table, name = column
    rows = model_of(table)._default_manager.filter(**{field_name(table, name): other})
    if kind == FactOf.LOCATION:
        at = model_of(table)._default_manager.filter(location_id=keep).values("service_id")
        rows = rows.exclude(service_id__in=at)
    return rows.exclude(pk=keep).values_list("id", flat=True)


def _move(merge: Merge, column: Column, rows: Iterable[UUID]) -> None:
    table, name = column
    ids = list(rows)
    Moved.objects.bulk_create(
        [Moved(merge=merge, table=table, column=name, row_id=each, said=merge.merged) for each in ids]
    )
    _set(table, name, ids, merge.kept)


def _set(table: str, column: str, ids: list[UUID], value: UUID) -> None:
    name: Any = column if column == MERGED_INTO else field_name(table, column)
    model_of(table)._default_manager.filter(pk__in=ids).update(**{name: value})


def _decided(actor: Actor, kind: str, one: UUID, other: UUID, status: LikenessStatus) -> None:
    Likeness.objects.filter(Q(a=one, b=other) | Q(a=other, b=one), kind=kind).update(
        status=status, decided_by=actor.user_id, decided_by_name=actor.name, decided_at=now()
    )
