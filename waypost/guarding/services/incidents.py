"""Privacy incidents: taken in from anybody, looked into, assessed by four factors, told, closed."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.guarding import machine
from waypost.guarding.models import Incident, IncidentSource
from waypost.guarding.rules.clocks import BREACH
from waypost.guarding.services.steps import add_step, call_guards
from waypost.guarding.words import not_justified
from waypost.kernel import audit, lifecycle
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.events import Announcement
from waypost.kernel.ids import reference
from waypost.kernel.machine import IllegalMove


@dataclass(frozen=True, slots=True)
class Factors:
    """The four factors of 45 CFR 164.402(2), in words, and what follows from them.

    ``nature``: which facts, how easily somebody is known by them; ``who``: who saw or got them;
    ``acquired``: whether they were really seen; ``mitigated``: what was done to lessen the harm.
    """

    nature: str
    who: str
    acquired: str
    mitigated: str
    low_risk: bool
    people: int | None = None


def report_incident(
    *,
    actor: Actor,
    words: str,
    source: str = IncidentSource.WORKER,
    happened_on: date | None = None,
    emergency_id: UUID | None = None,
) -> UUID:
    """Anybody says that something may have been seen or told that should not. The clock runs from today."""
    if not words.strip():
        raise Refused(_("Say in words what happened."), field="words")
    if happened_on is not None and happened_on > today():
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), field="happened_on")
    row = Incident(
        reference=reference("I", today()),
        held_by_id=actor.organization,
        source=IncidentSource(source),
        words=words.strip(),
        happened_on=happened_on,
        discovered_on=today(),
        due_on=BREACH.due(today()),
        reported_by=actor.user_id,
        reported_by_name=actor.name,
        reported_at=now(),
        emergency_id=emergency_id,
    )
    row.save(force_insert=True)
    audit.record("incident.report", actor=actor, subject_type="incident", subject_ids=[row.id])
    call_guards("incident.reported", actor, row.id, row.reference, f"/privacy/incidents/{row.id}/")
    return row.id


def look_into(*, actor: Actor, incident_id: UUID, words: str) -> None:
    """Somebody takes it up: what is done first."""
    row = _row(actor, incident_id)
    _move(actor, row, "look_into", {"words": words}, words)


def assess(*, actor: Actor, incident_id: UUID, factors: Factors) -> None:
    """Weigh the four factors; without a low risk it is a breach, and people are told."""
    row = _row(actor, incident_id)
    for name, value in asdict(factors).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    words = _("Low risk: no breach.") if factors.low_risk else _("A breach: the people have to be told.")
    _move(actor, row, "assess", asdict(factors), words)


def tell(*, actor: Actor, incident_id: UUID, told_on: date, words: str) -> None:
    """Who was told, how, on which day."""
    row = _row(actor, incident_id)
    if not row.discovered_on <= told_on <= today():
        raise Refused(_("This day cannot be right."), field="told_on")
    row.told_on = told_on
    _move(actor, row, "tell", {"words": words, "told_on": told_on}, words)


def close(*, actor: Actor, incident_id: UUID, words: str) -> None:
    """It is over. What was found to be a breach closes only after the people were told."""
    row = _row(actor, incident_id)
    if row.status == machine.ASSESSED and not row.low_risk:
        raise Refused(_("This is a breach. Say first who was told, and when."))
    row.closed_at = now()
    _move(actor, row, "close", {"words": words}, words)


def reopen(*, actor: Actor, incident_id: UUID, words: str) -> None:
    """Something new came up."""
    row = _row(actor, incident_id)
    row.closed_at = None
    _move(actor, row, "reopen", {"words": words}, words)


def after_review(event: Announcement) -> None:
    """An emergency access was not justified: an incident, in the same transaction."""
    report_incident(
        actor=event.actor,
        words=not_justified(),
        source=IncidentSource.EMERGENCY,
        emergency_id=UUID(event.ids["emergency_id"]),
    )


def _row(actor: Actor, incident_id: UUID) -> Incident:
    try:
        row = lifecycle.locked(Incident, incident_id)
    except Incident.DoesNotExist as missing:
        raise NotVisible from missing
    if row.held_by_id != actor.organization:
        raise NotVisible
    return row


def _move(actor: Actor, row: Incident, name: str, given: dict[str, object], words: str) -> None:
    filled = {key: value.strip() if isinstance(value, str) else value for key, value in given.items()}
    try:
        lifecycle.apply(machine.INCIDENT, row, name, side=machine.OFFICER, given=filled)
    except IllegalMove as illegal:
        raise Refused(_("This cannot be done now, or words are missing. Open the page again.")) from illegal
    row.save()
    add_step(actor, row.id, name, words)
    audit.record(f"incident.{name}", actor=actor, subject_type="incident", subject_ids=[row.id])
