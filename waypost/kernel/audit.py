"""The audit: appended by every serving role, sealed into a hash chain by a job.

A chain built on each write would make all writers wait for one another, so entries are sealed
a few seconds later, in the order of their ids, under an advisory lock. ``kernel.chain`` walks the chain.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.models import AuditEntry, AuditHead, AuditSeal

GENESIS = "0" * 64
SEAL_LOCK = 0x57415950  # "WAYP": one sealer at a time
BATCH = 2000


def record(
    action: str, *, actor: Actor, subject_type: str = "", subject_ids: Iterable[UUID] = (), **detail: Any
) -> None:
    """Append one line. ``detail`` holds ids, codes and counts, never names or free text."""
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=now(),
                action=action,
                held_by=actor.organization_id,
                actor_id=actor.user_id,
                actor_name=actor.name,
                actor_role=actor.role,
                subject_type=subject_type,
                subject_ids=list(subject_ids),
                detail=_detail(actor, detail),
            )
        ]
    )


def _detail(actor: Actor, detail: dict[str, Any]) -> dict[str, Any]:
    """What happened, and for whom the actor stood in."""
    covers = {"covers": str(actor.covers)} if actor.covers else {}
    return {key: _plain(value) for key, value in detail.items()} | covers


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | None) else str(value)


def digest(previous: str, entry: AuditEntry) -> str:
    """SHA-256 over the link before and the entry's canonical JSON."""
    body = json.dumps(
        {
            "id": str(entry.id),
            "at": entry.at.timestamp(),
            "action": entry.action,
            "held_by": str(entry.held_by),
            "actor_id": str(entry.actor_id),
            "actor_name": entry.actor_name,
            "actor_role": entry.actor_role,
            "subject_type": entry.subject_type,
            "subject_ids": [str(each) for each in entry.subject_ids],
            "detail": entry.detail,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def seal() -> int:
    """Seal what is committed and not sealed yet; returns how many entries."""
    sealed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        last = AuditSeal.objects.order_by("-position").first()
        position, previous = (last.position, last.hash) if last else (0, GENESIS)
        unsealed = AuditEntry.objects.raw(
            "SELECT e.* FROM kernel_auditentry e LEFT JOIN kernel_auditseal s ON s.entry_id = e.id"
            " WHERE s.entry_id IS NULL ORDER BY e.id LIMIT %s",
            [BATCH],
        )
        seals = []
        for entry in unsealed:
            position += 1
            previous = digest(previous, entry)
            seals.append(AuditSeal(position=position, entry_id=entry.id, hash=previous, sealed_at=now()))
        AuditSeal.objects.bulk_create(seals)
        if seals:
            AuditHead.objects.update_or_create(
                pk=AuditHead.ONLY, defaults={"position": position, "hash": previous, "at": now()}
            )
        sealed = len(seals)
    return sealed
