"""Legal demands: taken in by anybody, handed to the privacy officer; nothing is released."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.guarding import machine
from waypost.guarding.models import Demand, DemandKind
from waypost.guarding.services.steps import add_step, call_guards
from waypost.kernel import audit, lifecycle
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import reference
from waypost.kernel.machine import IllegalMove


def take_in_demand(
    *,
    actor: Actor,
    kind: str,
    asked_by: str,
    asked_for: str,
    at_the_door: bool = False,
    answer_by: date | None = None,
) -> UUID:
    """Write down who asks for what, and call the privacy officer in the same moment."""
    if kind not in DemandKind.values:
        raise Refused(_("Say what came."), field="kind")
    if not asked_by.strip():
        raise Refused(_("Say who asks: name, office, phone."), field="asked_by")
    if not asked_for.strip():
        raise Refused(_("Say what they ask for."), field="asked_for")
    row = Demand(
        reference=reference("L", today()),
        held_by_id=actor.organization,
        kind=DemandKind(kind),
        at_the_door=at_the_door,
        asked_by=asked_by.strip(),
        asked_for=asked_for.strip(),
        answer_by=answer_by,
        taken_by_name=actor.name,
        taken_at=now(),
    )
    row.save(force_insert=True)
    audit.record("demand.take_in", actor=actor, subject_type="demand", subject_ids=[row.id], kind=kind)
    call_guards("demand.taken_in", actor, row.id, row.reference, f"/privacy/demands/{row.id}/")
    return row.id


def move_demand(*, actor: Actor, demand_id: UUID, name: str, words: str) -> None:
    """``take``: the privacy officer has it in hand; ``close``: what was decided, with whose advice."""
    try:
        row = lifecycle.locked(Demand, demand_id)
    except Demand.DoesNotExist as missing:
        raise NotVisible from missing
    if row.held_by_id != actor.organization:
        raise NotVisible
    try:
        lifecycle.apply(machine.DEMAND, row, name, side=machine.OFFICER, given={"words": words.strip()})
    except IllegalMove as illegal:
        raise Refused(_("This cannot be done now, or words are missing. Open the page again.")) from illegal
    row.closed_at = now() if row.status == machine.CLOSED else None
    row.save(update_fields=["status", "status_before", "closed_at"])
    add_step(actor, row.id, name, words)
    audit.record(f"demand.{name}", actor=actor, subject_type="demand", subject_ids=[row.id])
