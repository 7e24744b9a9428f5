"""Checking a listing: who has it in hand, what came of the call, and the time it took."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import CheckHow, CheckResult, ConfirmedHow, FaultKind, FaultOutcome
from waypost.directory.due import make_due
from waypost.directory.models import CheckDue, Contacted, Organization, Service
from waypost.directory.services.facts import confirm_field, may_change, say_field
from waypost.directory.services.faults import answer_open, file_fault
from waypost.directory.services.place_hours import hours_hold_everywhere
from waypost.directory.services.upkeep import confirm_listing
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused

IN_HAND = timedelta(days=14)  # after which a listing that was taken is free for others again
LONGEST = timedelta(minutes=30)  # a page left open is not time spent
LONGEST_TYPED = timedelta(hours=12)
AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class FieldKey:
    """A field of a listing: its name there, and where it is held."""

    field: str
    entity: str
    row_id: UUID
    column: str


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """What a worker enters about one check. ``not_asked``: fields with a value that nobody asked about."""

    how: str
    result: str = CheckResult.REACHED
    confirmed: tuple[FieldKey, ...] = ()
    said: tuple[tuple[FieldKey, Any, str], ...] = ()  # field, new value, the same in words
    not_asked: tuple[str, ...] = ()
    with_whom: str = ""
    words: str = ""
    seconds: int = 0
    again_at: datetime | None = None
    team_id: UUID | None = None


def take_check(
    *, actor: Actor, service_id: UUID, team_id: UUID | None = None, user_id: UUID | None = None
) -> None:
    """Take a due listing in hand, for oneself, a colleague or a whole team; nobody else then calls there."""
    row = _due(service_id)
    other = row.in_hand_of_id is not None and row.in_hand_of_id != actor.organization
    if other and row.in_hand_at is not None and row.in_hand_at > now() - IN_HAND:
        raise Refused(_("Another organization has taken this listing in hand."))
    row.in_hand_of_id, row.in_hand_team_id, row.in_hand_user_id = actor.organization, team_id, user_id
    row.in_hand_at = now()
    row.save(update_fields=["in_hand_of", "in_hand_team", "in_hand_user", "in_hand_at"])


def leave_check(*, actor: Actor, service_id: UUID) -> None:
    """Give it back: whoever comes next may take it."""
    row = _due(service_id)
    if row.in_hand_of_id == actor.organization:
        _out_of_hand(row)


def record_check(*, actor: Actor, service_id: UUID, entry: CheckEntry) -> UUID:
    """Write down a check: confirm and mend fields, or when to try again; the time counts in any case.

    The listing as a whole is confirmed when nothing that it says was left out. Of a listing that another
    organization looks after, what ought to change is told to that organization.
    """
    service = Service.objects.select_related("organization").filter(pk=service_id, hidden_why="").first()
    if service is None:
        raise NotVisible
    if entry.how not in ConfirmedHow.values:
        raise Refused(_("Say how you made sure: on the web, by phone or by a visit."), field="how")
    if entry.result not in CheckResult.values:
        raise Refused(_("Say what came of it."), field="result")
    reached = entry.result == CheckResult.REACHED
    if reached and not entry.confirmed and not entry.said:
        raise Refused(_("Confirm or change at least one thing, or say that you reached nobody."))
    _check_again(entry)
    if reached:
        _reached(actor, service, entry)
    else:
        _not_reached(actor, service, entry)
    return _log(actor, service_id, entry)


def _reached(actor: Actor, service: Service, entry: CheckEntry) -> None:
    mine = may_change(actor=actor, claimed_by=service.organization.claimed_by_id)
    for key in entry.confirmed:
        confirm_field(actor=actor, entity=key.entity, row_id=key.row_id, field=key.column, how=entry.how)
    for key, value, words in entry.said:
        if mine:
            say_field(
                actor=actor,
                entity=key.entity,
                row_id=key.row_id,
                field=key.column,
                value=value,
                how=entry.how,
            )
        else:
            file_fault(actor=actor, service_id=service.id, kind=FaultKind.OTHER, words=words)
    said = {(key.column, key.row_id) for key, _new, _words in entry.said}
    if mine and ("schedules", service.id) in said:
        hours_hold_everywhere(service.id)
    if not entry.not_asked and (mine or not entry.said):
        confirm_listing(actor=actor, service_id=service.id, how=entry.how)
        answer_open(actor=actor, service_id=service.id, kind=FaultKind.CLOSED, outcome=FaultOutcome.RIGHT)
    _done(service.id)


def _not_reached(actor: Actor, service: Service, entry: CheckEntry) -> None:
    if entry.result == CheckResult.NOBODY:
        _due(service.id)
        CheckDue.objects.filter(pk=service.id).update(again_at=entry.again_at or now() + timedelta(days=1))
        return
    kind = FaultKind.CLOSED if entry.result == CheckResult.CLOSED else FaultKind.PHONE
    if kind == FaultKind.CLOSED and may_change(actor=actor, claimed_by=service.organization.claimed_by_id):
        say_field(
            actor=actor, entity="service", row_id=service.id, field="status", value="defunct", how=entry.how
        )
        answer_open(actor=actor, service_id=service.id, kind=kind, outcome=FaultOutcome.MENDED)
    else:
        file_fault(actor=actor, service_id=service.id, kind=kind, words=entry.words)
    _done(service.id)


def _check_again(entry: CheckEntry) -> None:
    if entry.again_at is None:
        return
    if not now() <= entry.again_at <= now() + AHEAD:
        raise Refused(_("Choose a time in the next 60 days."), field="again_at")


def _done(service_id: UUID) -> None:
    for row in CheckDue.objects.filter(pk=service_id):
        _out_of_hand(row)
    make_due([service_id])


def _out_of_hand(row: CheckDue) -> None:
    row.in_hand_of_id = row.in_hand_team_id = row.in_hand_user_id = row.in_hand_at = row.again_at = None
    row.save(update_fields=["in_hand_of", "in_hand_team", "in_hand_user", "in_hand_at", "again_at"])


def _due(service_id: UUID) -> CheckDue:
    """The row of a listed service, locked; it may be in hand before it is due."""
    row = CheckDue.objects.select_for_update(of=("self",)).filter(pk=service_id).first()
    if row is None:
        make_due([service_id])
        row = CheckDue.objects.select_for_update(of=("self",)).filter(pk=service_id).first()
    if row is None:
        raise NotVisible
    return row


def _log(actor: Actor, service_id: UUID, entry: CheckEntry) -> UUID:
    row = Contacted.objects.create(
        held_by_id=actor.organization,
        team_id=entry.team_id,
        user_id=actor.user_id,
        service_id=service_id,
        how=entry.how,
        result=entry.result,
        confirmed=[key.field for key in entry.confirmed],
        changed=[key.field for key, _value, _words in entry.said],
        not_asked=list(entry.not_asked),
        with_whom=entry.with_whom.strip(),
        words=entry.words.strip(),
        seconds=_capped(entry.seconds),
        at=now(),
    )
    audit.record(
        "directory.check", actor=actor, subject_type="listing", subject_ids=[service_id], how=entry.how,
        result=entry.result,
    )  # fmt: skip
    return row.id


def log_contact(
    *,
    actor: Actor,
    organization_id: UUID,
    how: str,
    minutes: int,
    with_whom: str = "",
    words: str = "",
    team_id: UUID | None = None,
    at: datetime | None = None,
) -> UUID:
    """A visit or a talk with an organization of the community that was about no person and no one listing."""
    if not Organization.objects.filter(pk=organization_id, hidden_why="").exists():
        raise NotVisible
    if how not in CheckHow.values:
        raise Refused(_("Say how you were in touch."), field="how")
    moment = at or now()
    if moment > now():
        raise Refused(_("This day has not come yet."), field="on")
    row = Contacted.objects.create(
        held_by_id=actor.organization,
        team_id=team_id,
        user_id=actor.user_id,
        organization_id=organization_id,
        how=how,
        result=CheckResult.REACHED,
        with_whom=with_whom.strip(),
        words=words.strip(),
        seconds=_typed(minutes),
        at=moment,
    )
    return row.id


def set_time(*, actor: Actor, contacted_id: UUID, minutes: int) -> None:
    """Put right how long one's own check took."""
    row = Contacted.objects.filter(pk=contacted_id, held_by_id=actor.organization).first()
    if row is None or row.user_id is None or row.user_id != actor.user_id:
        raise NotVisible
    row.seconds = _typed(minutes)
    row.save(update_fields=["seconds"])


def _capped(seconds: int) -> int:
    return max(0, min(seconds, int(LONGEST.total_seconds())))


def _typed(minutes: int) -> int:
    if not 0 <= minutes <= LONGEST_TYPED.total_seconds() / 60:
        raise Refused(_("Give the minutes, 720 at most."), field="minutes")
    return minutes * 60
