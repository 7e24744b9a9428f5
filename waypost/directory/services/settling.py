"""Which source's word stands for each field of a listing, and where somebody has to decide.

Only listings of which a source said something new are settled, and of these only fields that several
sources speak of: those with a fact, and those that a merged listing may fill.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from waypost.directory.choices import (
    LOCAL_SOURCE,
    PLACE_HOURS,
    PLACES,
    PRIVATE,
    REMOVED,
    ConflictStatus,
    CoordinatesStatus,
    FactOf,
    HiddenWhy,
)
from waypost.directory.fields import CONTACT, LISTS, SCALARS, as_json, from_json, items_from_json
from waypost.directory.models import Conflict, FieldFact, Location, Merge, Precedence, SettleDue
from waypost.directory.models.base import Listed
from waypost.directory.moves import OF_KIND
from waypost.directory.rules.precedence import Word, is_empty, same, winner
from waypost.directory.services.facts import write_list
from waypost.directory.services.guarding import COORDINATES
from waypost.directory.values import MODELS, value_of
from waypost.kernel.clock import now

BATCH = 500
NEEDS = "need_categories"
# What a merged listing does not fill in for the one that is kept.
_OWN = frozenset(
    "name status capacity_status capacity_until external_identifier external_identifier_type location_type"
    " assured_date assurer_email tax_status".split()
)
# Of two feeds that differ, somebody is asked about these alone: by them people come, or do not.
ASKED = frozenset((*CONTACT, "schedules", "addresses", "status"))


def settle_due() -> int:
    """Settle every listing of which a source said something new; how many."""
    done = 0
    while True:
        with transaction.atomic():
            due = list(SettleDue.objects.select_for_update(skip_locked=True).order_by("id")[:BATCH])
            rows = {(each.entity, each.row_id) for each in due}
            for entity, row_id in sorted(rows, key=str):
                settle(entity, row_id)
            SettleDue.objects.filter(pk__in=[each.pk for each in due]).delete()
        if not due:
            return done
        done += len(rows)


def settle(entity: str, row_id: UUID) -> None:
    """Let the word that goes first stand in each field of this listing, and open what has to be decided."""
    row = MODELS[entity]._default_manager.select_for_update().filter(pk=row_id).first()
    if row is None or row.merged_into is not None:
        return
    if isinstance(row, Location) and row.confidential:
        return  # nobody chooses between copies of a private address, and no fact would hold one
    state = _State(entity, row)
    for name in sorted(state.fields()):
        state.settle(name)
    if state.written:
        row.save(update_fields=state.written)
    state.keep_conflicts()


@dataclass(slots=True)
class _State:
    """A listing with all that is said of it."""

    entity: str
    row: Listed
    facts: dict[str, dict[str, FieldFact]] = field(default_factory=lambda: defaultdict(dict))
    merged: list[Listed] = field(default_factory=list)
    borrowed: set[tuple[UUID, str]] = field(default_factory=set)
    ranks: dict[tuple[str, str], int] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    differ: dict[tuple[str, UUID, str], tuple[Any, Word]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact in FieldFact.objects.filter(entity=self.entity, row_id=self.row.id):
            self.facts[fact.field][fact.source] = fact
        below = MODELS[self.entity]._default_manager.filter(merged_into_id=self.row.id)
        self.merged = list(below.filter(hidden_why=HiddenWhy.MERGED))
        if self.merged:
            table = OF_KIND[FactOf(self.entity)]
            for merge in Merge.objects.filter(kind=self.entity, merged__in=[each.id for each in self.merged]):
                if merge.undone_at is None:
                    self.borrowed |= {(merge.merged, held) for held, column in merge.lists if held != table}
        rows = Precedence.objects.values_list("field", "source", "rank")
        self.ranks = {(name, source): rank for name, source, rank in rows}

    def fields(self) -> set[str]:
        """Those that several sources may speak of."""
        found = set(self.facts) - {PLACES, PLACE_HOURS, PRIVATE, REMOVED}
        if self.merged:
            found |= set(SCALARS[self.entity]) - _OWN
            found |= {name for name in LISTS[self.entity] if name in ASKED}
            found |= {FactOf.SERVICE.value: {NEEDS}, FactOf.LOCATION.value: {COORDINATES}}.get(
                self.entity, set()
            )
        return found

    def settle(self, name: str) -> None:
        current = read(self.entity, self.row, name)
        words = self._words(name, current)
        stands = winner(words, self.ranks, name)
        own = self.facts[name].get(self.row.source)
        if stands is not None and not same(name, stands.value, current):
            if own is None and self.row.source != LOCAL_SOURCE:
                own = self._keep_own(name, current)
            self._write(name, stands.value)
        elif stands is None and own is not None and not same(name, own.value, current):
            self._write(name, own.value)
        if stands is not None and name != COORDINATES:
            self._compare(name, stands, words)
        if own is not None and self._needs_no_fact(name, own, stands):
            own.delete()

    def _words(self, name: str, current: Any) -> list[Word]:
        facts, source = self.facts[name], self.row.source
        words = []
        local = facts.get(LOCAL_SOURCE)
        if local is not None:
            words.append(Word(LOCAL_SOURCE, self.row.id, local.value, human=True))
        for fact in facts.values():
            if fact.source != LOCAL_SOURCE and fact.imported_at is not None:
                own = fact.source == source
                words.append(Word(fact.source, self.row.id, fact.value, fact.imported_at, own=own))
        told = source in {each.source for each in words}
        if not told and local is None:
            human = source == LOCAL_SOURCE
            words.append(
                Word(source, self.row.id, current, self.row.imported_at, human=human and bool(current))
            )
        if name in LISTS[self.entity]:
            others = [
                each for each in self.merged if (each.id, LISTS[self.entity][name].table) not in self.borrowed
            ]
        else:
            others = self.merged
        for each in others:
            value = read(self.entity, each, name)
            words.append(Word(each.source, each.id, value, each.imported_at, own=False))
        return words

    def _write(self, name: str, value: Any) -> None:
        if name in LISTS[self.entity]:
            write_list(self.entity, self.row.id, name, items_from_json(self.entity, name, value or []))
        elif name == COORDINATES and isinstance(self.row, Location):
            point = value or [None, None]
            self.row.latitude, self.row.longitude = point
            given = CoordinatesStatus.GIVEN if value else CoordinatesStatus.MISSING
            self.row.coordinates_status = given
            self.written += ["latitude", "longitude", "coordinates_status"]
        elif name == NEEDS:
            setattr(self.row, name, list(value or []))
            self.written.append(name)
        else:
            kind = SCALARS[self.entity][name]
            setattr(self.row, name, from_json(kind, value, field=name))
            self.written.append(name)

    def _keep_own(self, name: str, current: Any) -> FieldFact:
        """What the listing's own feed says, before another word is written over it."""
        fact, _made = FieldFact.objects.update_or_create(
            entity=self.entity,
            row_id=self.row.id,
            field=name,
            source=self.row.source,
            defaults={"value": current, "imported_at": self.row.imported_at},
        )
        return fact

    def _needs_no_fact(self, name: str, own: FieldFact, stands: Word | None) -> bool:
        """The column alone says it again, and no machine or human said anything more."""
        if (
            name in LISTS[self.entity]
            or own.checked_at
            or own.confirmed_on
            or LOCAL_SOURCE in self.facts[name]
        ):
            return False
        return stands is None or (stands.own and stands.source == own.source)

    def _compare(self, name: str, stands: Word, words: Iterable[Word]) -> None:
        for each in words:
            if each is stands or each.human or same(name, each.value, stands.value):
                continue
            if is_empty(each.value) and not (stands.human and each.own and name in LISTS[self.entity]):
                continue  # saying nothing is no answer, unless the listing's own feed emptied a list
            if stands.human or (name in ASKED and not each.own):
                self.differ[name, each.row_id, each.source] = (stands.value, each)

    def keep_conflicts(self) -> None:
        """Open what is new, keep what was decided of the same words, forget what differs no more."""
        rows = Conflict.objects.select_for_update().filter(entity=self.entity, row_id=self.row.id)
        held = {(each.field, each.theirs_row, each.source): each for each in rows}
        for key, row in held.items():
            if key not in self.differ and row.status == ConflictStatus.OPEN:
                row.delete()
        for key, (ours, word) in self.differ.items():
            earlier = held.get(key)
            if (
                earlier is not None
                and earlier.status != ConflictStatus.OPEN
                and same(key[0], earlier.theirs, word.value)
            ):
                continue
            self._open(key, ours, word, earlier)

    def _open(self, key: tuple[str, UUID, str], ours: Any, word: Word, earlier: Conflict | None) -> None:
        name, theirs_row, source = key
        fresh: Mapping[str, Any] = {"ours": ours, "theirs": word.value, "theirs_at": word.at}
        if earlier is None or earlier.status != ConflictStatus.OPEN:
            fresh = {**fresh, "status": ConflictStatus.OPEN, "opened_at": now(), "decided_at": None}
        Conflict.objects.update_or_create(
            entity=self.entity,
            row_id=self.row.id,
            field=name,
            theirs_row=theirs_row,
            source=source,
            defaults=dict(fresh),
        )


def read(entity: str, row: Listed, name: str) -> Any:
    """What the listing says of a field now, as a fact holds it."""
    if name == COORDINATES and isinstance(row, Location):
        return None if row.latitude is None or row.longitude is None else [row.latitude, row.longitude]
    if name == NEEDS:
        return list(getattr(row, NEEDS))
    if name in LISTS[entity]:
        return value_of(entity, row, name)
    return as_json(getattr(row, name))
