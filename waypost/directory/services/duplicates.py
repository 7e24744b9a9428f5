"""Listings that look alike: found by what they share, scored by the rule, kept for somebody to decide."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from waypost.directory.choices import FactOf, LikenessStatus
from waypost.directory.models import Likeness, Trait
from waypost.directory.rules.alike import Alike, alike
from waypost.directory.services.traits import as_signals, make_traits
from waypost.directory.values import MODELS
from waypost.kernel.clock import now

BATCH = 1000
COMMON = 40  # a number or a word that more listings share tells nothing about two of them
_SHARED = """
WITH mine AS (SELECT row_id, key FROM directory_traitkey WHERE kind = %(kind)s AND row_id = ANY(%(ids)s)),
     many AS (SELECT k.key, count(*) AS number FROM directory_traitkey k
               WHERE k.kind = %(kind)s AND k.key IN (SELECT key FROM mine) GROUP BY k.key HAVING count(*) > 1)
SELECT DISTINCT least(m.row_id, k.row_id), greatest(m.row_id, k.row_id) FROM mine m
  JOIN many USING (key) JOIN directory_traitkey k ON k.kind = %(kind)s AND k.key = m.key
 WHERE k.row_id <> m.row_id AND many.number <= %(common)s"""
_COMMON = """
SELECT key FROM directory_traitkey WHERE kind = %(kind)s AND key = ANY(%(keys)s)
 GROUP BY key HAVING count(*) > %(common)s"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for duplicates did: listings read, those changed, pairs compared, pairs now proposed."""

    read: int
    changed: int
    compared: int
    proposed: int


def find_duplicates(
    *, source: str | None = None, kinds: Sequence[str] = tuple(FactOf.values)
) -> dict[str, Found]:
    """Compare what changed since the last time (of one feed, or everywhere) with everything like it."""
    return {kind: _find(FactOf(kind), source) for kind in kinds}


def _find(kind: FactOf, source: str | None) -> Found:
    rows = MODELS[kind]._default_manager.filter(Q(source=source) if source else Q())
    held = Trait.objects.filter(kind=kind, **({"source": source} if source else {}))
    ids = sorted({*rows.values_list("id", flat=True), *held.values_list("row_id", flat=True)})
    changed = make_traits(kind, ids)
    compared = proposed = 0
    for start in range(0, len(changed), BATCH):
        pairs, likely = _compare(kind, changed[start : start + BATCH])
        compared += pairs
        proposed += likely
    return Found(len(ids), len(changed), compared, proposed)


def _compare(kind: FactOf, ids: list[UUID]) -> tuple[int, int]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SHARED, {"kind": kind, "ids": ids, "common": COMMON})
            pairs = cursor.fetchall()
        scored = _score(kind, pairs)
        _keep(kind, ids, scored)
    return len(pairs), len(scored)


def _score(
    kind: FactOf, pairs: Sequence[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], tuple[Alike, str, str]]:
    wanted = {each for pair in pairs for each in pair}
    traits = {each.row_id: each for each in Trait.objects.filter(kind=kind, row_id__in=wanted)}
    signals = {row_id: as_signals(trait.signals) for row_id, trait in traits.items()}
    common = _common(kind, {key for each in signals.values() for key in (*each.phones, *each.links)})
    found = {}
    for a, b in pairs:
        result = alike(kind, signals[a], signals[b], common)
        if result.proposed:
            found[a, b] = (result, traits[a].source, traits[b].source)
    return found


def _common(kind: FactOf, keys: Iterable[str]) -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute(_COMMON, {"kind": kind, "keys": sorted(keys), "common": COMMON})
        return frozenset(row[0] for row in cursor.fetchall())


def _keep(kind: FactOf, ids: list[UUID], scored: dict[tuple[UUID, UUID], tuple[Alike, str, str]]) -> None:
    """New pairs are proposed; a decision stays until a value changes on which it was made."""
    held = {
        (each.a, each.b): each
        for each in Likeness.objects.select_for_update().filter(Q(a__in=ids) | Q(b__in=ids), kind=kind)
    }
    undecided = (LikenessStatus.OPEN, LikenessStatus.LATER)
    gone = [each.id for pair, each in held.items() if pair not in scored and each.status in undecided]
    Likeness.objects.filter(id__in=gone).delete()
    new: list[Likeness] = []
    again: list[Likeness] = []
    for (a, b), (result, a_source, b_source) in scored.items():
        earlier = held.get((a, b))
        row = earlier or Likeness(kind=kind, a=a, b=b, found_at=now())
        basis = _basis(result)
        if (
            earlier
            and basis != earlier.basis
            and earlier.status in (LikenessStatus.DIFFERENT, LikenessStatus.LATER)
        ):
            row.status, row.found_at = LikenessStatus.OPEN, now()
        row.a_source, row.b_source, row.basis = a_source, b_source, basis
        row.score, row.parts = Decimal(str(result.score)), [asdict(part) for part in result.parts]
        (again if earlier else new).append(row)
    Likeness.objects.bulk_create(new)
    Likeness.objects.bulk_update(
        again, ["status", "found_at", "a_source", "b_source", "basis", "score", "parts"]
    )


def _basis(result: Alike) -> str:
    compared = [[part.code, part.a, part.b] for part in result.parts]
    return hashlib.sha256(json.dumps(sorted(compared)).encode("utf-8", "backslashreplace")).hexdigest()
