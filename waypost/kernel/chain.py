"""Walking the audit's chain: what was changed, deleted, inserted, swapped or cut off is named.

Four witnesses, each harder to bend than the one before: the hashes, the row that says how far the chain
reaches, the ids of entries that wait for their seal (made from the time of writing), and what earlier checks
wrote down outside of the database.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction

from waypost.kernel.audit import BATCH, GENESIS, SEAL_LOCK, digest
from waypost.kernel.clock import now
from waypost.kernel.models import AuditCheck, AuditEntry, AuditHead, AuditSeal

log = structlog.get_logger("waypost.audit")

MOST_FINDINGS = 20
# A piece of work that began before the last seal may still bring its lines in; nothing runs longer than this.
LONGEST_WORK = timedelta(minutes=15)
V7 = 7


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found; ``findings`` is empty when every link holds."""

    sealed: int
    unsealed: int
    head: str
    findings: tuple[str, ...]

    @property
    def broken(self) -> str | None:
        """The first link that does not hold."""
        return self.findings[0] if self.findings else None


@dataclass(frozen=True, slots=True)
class CheckCard:
    """The result of one check."""

    at: datetime
    sealed: int
    unsealed: int
    findings: tuple[str, ...]
    asked_by: str

    @property
    def holds(self) -> bool:
        """Whether every link held."""
        return not self.findings


def verify() -> Verdict:
    """Walk the whole chain and name what does not hold, at most 20 things; nobody seals meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        walk = _Walk()
        findings = list(islice(_findings(walk), MOST_FINDINGS))
        unsealed = AuditEntry.objects.count() - walk.known
    return Verdict(
        sealed=AuditSeal.objects.count(),
        unsealed=max(unsealed, 0),
        head=walk.hash,
        findings=tuple(findings),
    )


def check(*, asked_by: str = "") -> CheckCard:
    """Verify, keep the result, and write the head down outside of the database. For the system role."""
    verdict = verify()
    row = AuditCheck.objects.create(
        at=now(),
        sealed=verdict.sealed,
        unsealed=verdict.unsealed,
        head=verdict.head,
        findings=list(verdict.findings),
        asked_by=asked_by,
    )
    if verdict.findings:
        log.error("the audit does not hold", findings=len(verdict.findings))
    else:
        write_anchor(verdict)
    return _card(row)


def last_check() -> CheckCard | None:
    """The newest result, for pages."""
    row = AuditCheck.objects.order_by("-at").first()
    return _card(row) if row else None


def write_anchor(verdict: Verdict) -> None:
    """Length and head of a chain that holds: into the log, the file, and the mail of whoever keeps them."""
    line = {"at": now().isoformat(), "sealed": verdict.sealed, "head": verdict.head}
    log.info("audit anchored", sealed=verdict.sealed, head=verdict.head)
    if settings.AUDIT_ANCHORS:
        file = Path(settings.AUDIT_ANCHORS)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as anchors:
            anchors.write(json.dumps(line) + "\n")


def mail_anchor(card: CheckCard, head: str) -> None:
    """The same by e-mail, where somebody asked for it."""
    if settings.AUDIT_MAIL:
        EmailMessage(
            subject=f"Waypost audit: {card.sealed} sealed",
            body=f"{card.at.isoformat()}\nsealed: {card.sealed}\nhead: {head}\n"
            f"findings: {len(card.findings)}\nKeep this message: it proves later what stood on this day.\n",
            to=settings.AUDIT_MAIL,
            headers={"Auto-Submitted": "auto-generated"},
        ).send()


def last_head() -> str:
    """The head that the newest check found."""
    row = AuditCheck.objects.order_by("-at").first()
    return row.head if row else GENESIS


def _card(row: AuditCheck) -> CheckCard:
    return CheckCard(row.at, row.sealed, row.unsealed, tuple(row.findings), row.asked_by)


class _Walk:
    """Where the walk stands: the seal expected next, the hash before it, entries found behind seals."""

    def __init__(self) -> None:
        self.position = 0
        self.hash = GENESIS
        self.known = 0
        self.last_sealed_at: datetime | None = None
        self.anchors = dict(_anchors())


def _findings(walk: _Walk) -> Iterator[str]:
    yield from _links(walk)
    yield from _head(walk)
    yield from _tail(walk)


def _links(walk: _Walk) -> Iterator[str]:
    seals = AuditSeal.objects.order_by("position").iterator(chunk_size=BATCH)
    while batch := list(islice(seals, BATCH)):
        entries = AuditEntry.objects.in_bulk([each.entry_id for each in batch])
        for link in batch:
            walk.position += 1
            if link.position != walk.position:
                yield f"seal {walk.position} is missing (next is {link.position})"
                walk.position = link.position
            entry = entries.get(link.entry_id)
            if entry is None:
                yield f"entry {link.entry_id} (seal {link.position}) was deleted"
            else:
                walk.known += 1
                if digest(walk.hash, entry) != link.hash:
                    yield f"entry {link.entry_id} (seal {link.position}) was changed"
            walk.hash, walk.last_sealed_at = link.hash, link.sealed_at
            if walk.anchors.pop(link.position, link.hash) != link.hash:
                yield f"seal {link.position} is not the one that was written down outside: made anew"


def _head(walk: _Walk) -> Iterator[str]:
    """The end of the chain is where the last sealing, and the notes outside, say that it is."""
    head = AuditHead.objects.first()
    if head is None and walk.position:
        yield "the row that says how far the chain reaches was deleted"
    elif head is not None and (head.position, head.hash) != (walk.position, walk.hash):
        yield f"the chain ends at seal {walk.position}; it reached {head.position}: the end was cut off"
    elif walk.anchors:
        furthest = max(walk.anchors)
        yield f"the chain ends at seal {walk.position}; {furthest} was written down outside: cut off"


def _tail(walk: _Walk) -> Iterator[str]:
    """What waits for its seal was written after the last one: an id tells when it was made (RFC 9562)."""
    waiting = AuditEntry.objects.raw(
        "SELECT e.* FROM kernel_auditentry e LEFT JOIN kernel_auditseal s ON s.entry_id = e.id"
        " WHERE s.entry_id IS NULL ORDER BY e.id"
    )
    for entry in waiting.iterator():
        made = made_at(entry.id)
        if made is None:
            yield f"entry {entry.id} was inserted: Waypost makes no such id"
        elif walk.last_sealed_at is not None and made < walk.last_sealed_at - LONGEST_WORK:
            yield f"entry {entry.id} was inserted: it is older than the last seal and has none"
        elif not settings.DEMO and abs(entry.at - made) > LONGEST_WORK:
            yield f"entry {entry.id} was inserted: its time is not the time at which it was written"


def made_at(identifier: UUID) -> datetime | None:
    """When a UUIDv7 was made; None for an id of another kind, or one from the future."""
    if identifier.version != V7:
        return None
    made = datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
    return made if made < datetime.now(UTC) + LONGEST_WORK else None


def _anchors() -> Iterator[tuple[int, str]]:
    """What earlier checks wrote down, by the length that the chain had; a file that is gone says nothing."""
    file = Path(settings.AUDIT_ANCHORS) if settings.AUDIT_ANCHORS else None
    if file is None or not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            found = json.loads(line)
            if found["sealed"]:
                yield int(found["sealed"]), str(found["head"])
