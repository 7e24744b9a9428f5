"""A row without an id of its own whose words changed comes as a new row: it takes over from the old one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from waypost.directory.choices import FactOf, HiddenWhy
from waypost.directory.models import Conflict, DoNotList, FieldFact, Merge
from waypost.directory.rules.alike import Signals, alike
from waypost.directory.services.merging import join, undo_merge
from waypost.directory.services.settling import settle
from waypost.directory.services.traits import keys_of, whole_signals
from waypost.directory.values import MODELS
from waypost.kernel.actors import SYSTEM

FOLLOWS = 0.45  # less than among strangers: one vanished and one came, in one feed, on one day
COMMON = 40
# What people said here of a listing, beside the feed's columns.
OURS: dict[str, tuple[str, ...]] = {
    FactOf.ORGANIZATION: ("claimed_by_id", "is_victim_service"),
    FactOf.SERVICE: (
        "how_to_reach", "capacity_status", "capacity_changed_at", "capacity_until", "capacity_left",
        "next_capacity_status", "next_capacity_from", "next_capacity_until", "referrals_a_week",
        "referral_words", "confirmed_on", "confirmed_how", "contact_confirmed_on", "expires_on", "doubted_at",
    ),
    FactOf.LOCATION: ("confidential", "time_zone"),
}  # fmt: skip


def follow(*, kind: str, source: str, gone: Sequence[UUID], at: datetime) -> int:
    """Let new rows without an id take over from those that are gone and look most like them; how many."""
    model = MODELS[kind]._default_manager
    there = model.filter(pk__in=gone, source_id="").exclude(hidden_why=HiddenWhy.MERGED)
    old = list(there.values_list("pk", flat=True))
    new = list(
        model.filter(source=source, source_id="", imported_at=at, hidden_why="").values_list("pk", flat=True)
    )
    if not old or not new:
        return 0
    pairs = _best(kind, old, new)
    for former, latter in pairs:
        take_over(kind, former, latter)
    return len(pairs)


def take_over(kind: str, former: UUID, latter: UUID) -> None:
    """The latter is shown from now on; what people said of the former holds for it."""
    model = MODELS[kind]._default_manager
    rows = model.select_for_update().in_bulk([former, latter])
    _carry(kind, former, latter)
    join(SYSTEM, kind, rows[latter], rows[former])
    settle(kind, latter)


def stand_again(kind: str, gone: Iterable[UUID]) -> None:
    """Where the listing that is shown is gone from its feed, those merged into it stand for themselves."""
    merged = MODELS[kind]._default_manager.filter(merged_into_id__in=list(gone), gone_at=None)
    rows = {row.pk: row for row in merged}
    for merge in Merge.objects.filter(kind=kind, undone_at=None, merged__in=rows).order_by("-at"):
        row = rows[merge.merged]
        if not row.source_id and row.source == MODELS[kind]._default_manager.get(pk=merge.kept).source:
            _carry(kind, merge.kept, merge.merged)
        undo_merge(actor=SYSTEM, merge_id=merge.id)


def _carry(kind: str, former: UUID, latter: UUID) -> None:
    model = MODELS[kind]._default_manager
    said, there = (model.filter(pk=each).values(*OURS[kind]).get() for each in (former, latter))
    for name, value in there.items():
        said[name] = (said[name] or value) if isinstance(value, bool) else said[name]
    model.filter(pk=latter).update(**said)
    for held in (FieldFact, Conflict):
        held._default_manager.filter(entity=kind, row_id=latter).delete()
        held._default_manager.filter(entity=kind, row_id=former).update(row_id=latter)
    Conflict.objects.filter(entity=kind, theirs_row=former).update(theirs_row=latter)
    DoNotList.objects.filter(kind=kind, row_id=former).update(row_id=latter)


def _best(kind: str, old: list[UUID], new: list[UUID]) -> list[tuple[UUID, UUID]]:
    """Pairs of which each is the other's best; two that are equally good leave both alone."""
    signals = whole_signals(kind, [*old, *new])
    gone, came = (_by_key(signals, ids) for ids in (old, new))
    shared = [key for key, ids in gone.items() if key in came and len(ids) + len(came[key]) <= COMMON]
    pairs = {(a, b) for key in shared for a in gone[key] for b in came[key]}
    scored = {
        (a, b): found.score
        for a, b in pairs
        if (found := alike(kind, signals[a], signals[b], in_turn=True)).score >= FOLLOWS
    }
    chosen = []
    for (a, b), score in scored.items():
        rivals = [
            other for pair, other in scored.items() if pair != (a, b) and (pair[0] == a or pair[1] == b)
        ]
        if score > max(rivals, default=0.0):
            chosen.append((a, b))
    return chosen


def _by_key(signals: dict[UUID, Signals], ids: Iterable[UUID]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for each in ids:
        for key in keys_of(signals[each]) if each in signals else ():
            found[key].add(each)
    return found
