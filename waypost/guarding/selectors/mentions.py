"""Where somebody's name stands in words that are about no record: incidents, legal demands, emergencies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from waypost.guarding.machine import CLOSED
from waypost.guarding.models import Demand, Emergency, Incident, Step
from waypost.kernel.actors import Actor

AROUND = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """One text. ``table`` and ``row``: whose; ``reference``: what it belongs to; ``whole``: by full name."""

    table: str
    row: UUID
    reference: str
    kind: str
    excerpt: str
    still_open: bool
    whole: bool

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.table}:{self.row}"


def mentions(actor: Actor, person_id: UUID) -> list[Mention]:
    """Every text of one's own organization in which a name, phone or e-mail of this own person stands."""
    known = known_by(actor, person_id)
    if not known:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in known)})(?!\w)", re.IGNORECASE)
    found = []
    for table, row, reference, kind, words, still_open in _texts(actor):
        hit = pattern.search(words)
        if hit:
            said = {each.casefold() for each in pattern.findall(words)}
            whole = len(said) > 1 or len(known) == 1
            found.append(Mention(table, row, reference, kind, _around(words, hit), still_open, whole))
    return found


def known_by(actor: Actor, person_id: UUID) -> list[str]:
    """The names, phones and e-mails by which somebody is looked for, the longest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guarding_known_by(%s, %s)", [person_id, actor.organization])
        return sorted(cursor.fetchone()[0], key=len, reverse=True)


def _texts(actor: Actor) -> Iterator[tuple[str, UUID, str, str, str, bool]]:
    ours = actor.organization
    names: dict[UUID, tuple[str, bool]] = {}
    for row in Incident.objects.filter(held_by_id=ours):
        names[row.id] = (row.reference, row.status != CLOSED)
        words = _one(row.words, row.nature, row.who, row.acquired, row.mitigated)
        yield "guarding_incident", row.id, row.reference, "incident", words, row.status != CLOSED
    for demand in Demand.objects.filter(held_by_id=ours):
        names[demand.id] = (demand.reference, demand.status != CLOSED)
        still = demand.status != CLOSED
        yield "guarding_demand", demand.id, demand.reference, "demand", demand.asked_for, still
    for step in Step.objects.filter(held_by_id=ours).exclude(words=""):
        reference, still = names.get(step.subject_id, ("", False))
        yield "guarding_step", step.id, reference, "step", step.words, still
    for opened in Emergency.objects.filter(held_by_id=ours):
        words, waits = _one(opened.words, opened.review_words), opened.reviewed_at is None
        yield "guarding_emergency", opened.id, opened.reference, "emergency", words, waits


def _one(*texts: str) -> str:
    return " · ".join(each for each in texts if each)


def _around(words: str, hit: re.Match[str]) -> str:
    start, end = max(0, hit.start() - AROUND), min(len(words), hit.end() + AROUND)
    return f"{'…' if start else ''}{words[start:end]}{'…' if end < len(words) else ''}"
