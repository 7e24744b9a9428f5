"""A contact logged in ten seconds, and a service given to one's own client."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.coordination.models import (
    NOTES,
    ContactLog,
    ContactMode,
    ContactResult,
    Direction,
    ServiceLog,
    WhoseMove,
)
from waypost.coordination.rules import phase_after
from waypost.coordination.services import checks
from waypost.coordination.services.episodes import open_one
from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import Refused

A_DAY = 24 * 60  # minutes


def log_contact(
    *,
    actor: Actor,
    person_id: UUID,
    mode: str,
    result: str,
    direction: str = Direction.OUT,
    note: str = "",
    minutes: int | None = None,
    check_back_on: date | None = None,
    whose_move: str | None = None,
) -> UUID:
    """Log a contact, or a try, with an own person. The open episode, where there is one, moves along."""
    checks.own_person(actor, person_id)
    if minutes is not None and not 0 <= minutes <= A_DAY:
        raise Refused(_("Minutes must be a number from 0 to 1440."), field="minutes")
    if whose_move:
        checks.one_of(WhoseMove, whose_move, "whose_move")
    day = checks.not_past(check_back_on)
    row = ContactLog(
        held_by_id=actor.organization,
        topic=NOTES,
        person_id=person_id,
        at=now(),
        mode=checks.one_of(ContactMode, mode, "mode"),
        direction=checks.one_of(Direction, direction, "direction"),
        result=checks.one_of(ContactResult, result, "result"),
        note=checks.text(note, "note"),
        by_id=actor.user_id,
        by_name=actor.name,
        minutes=minutes,
    )
    row.save(force_insert=True)
    _move_along(actor, row, day, whose_move)
    events.emit("contact.logged", actor=actor, person_id=person_id, contact_id=row.id)
    audit.record("contact.log", actor=actor, subject_type="person", subject_ids=[person_id], contact=row.id)
    return row.id


def _move_along(actor: Actor, contact: ContactLog, day: date | None, whose_move: str | None) -> None:
    episode = open_one(actor, contact.person_id)
    if episode is None:
        return
    episode.phase = phase_after(episode.phase, result=contact.result, direction=contact.direction)
    if day is not None:  # an urgent thing that was looked after waits for its day like any other
        episode.check_back_on, episode.urgent = day, False
    episode.whose_move = whose_move or episode.whose_move
    episode.save()


def log_service(
    *,
    actor: Actor,
    person_id: UUID,
    what: str,
    on: date | None = None,
    listing_id: UUID | None = None,
    quantity: str = "",
    note: str = "",
) -> UUID:
    """Log what an own client got, without any referral. ``listing_id``: a service of the directory."""
    checks.own_person(actor, person_id)
    given = checks.text(what, "what", checks.LINE)
    if not given:
        raise Refused(_("Say what the person got."), field="what")
    day = on or today()
    if day > today():
        raise Refused(_("This day is still to come. Log what has been given."), field="on")
    row = ServiceLog(
        held_by_id=actor.organization,
        topic=NOTES,
        person_id=person_id,
        listing_id=listing_id,
        what=given,
        on=day,
        quantity=checks.text(quantity, "quantity", 100),
        note=checks.text(note, "note"),
        by_id=actor.user_id,
        by_name=actor.name,
        logged_at=now(),
    )
    row.save(force_insert=True)
    events.emit("service.logged", actor=actor, person_id=person_id, service_log_id=row.id)
    audit.record("service.log", actor=actor, subject_type="person", subject_ids=[person_id], service=row.id)
    return row.id
