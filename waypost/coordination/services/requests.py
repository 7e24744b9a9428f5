"""Asking for a coordinator, taking and closing such requests."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.coordination import words
from waypost.coordination.machine import COORDINATOR, NEW, REQUEST
from waypost.coordination.models import IDENTITY, Channel, ReferrerRole, Request, RequestEnd
from waypost.coordination.rules import first_check_back
from waypost.coordination.services import checks
from waypost.coordination.services.episodes import Start, start_or_keep
from waypost.kernel import audit, events, lifecycle, naming
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import reference
from waypost.network.selectors import memberships_of, refuse_victim_service, teams
from waypost.people.selectors import names
from waypost.screening.categories import NEEDS, sensitivities_of


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as entered. ``warm`` None: as the channel says. ``person_id``: of an own person."""

    person_name: str = ""
    phone: str = ""
    language: str = "en"
    reason: str = ""
    reason_words: str = ""
    channel: str = Channel.EHR
    referrer_role: str = ReferrerRole.OTHER
    team_id: UUID | None = None
    expects_call: bool = False
    warm: bool | None = None
    urgent: bool = False
    person_id: UUID | None = None


def request_coordination(*, actor: Actor, ask: Ask) -> UUID:
    """Ask for a coordinator: a name or a phone number and a reason are enough, nothing else may stop it.

    Says nothing about whether anybody knows this person already. Raises Refused for a victim-service
    provider, which names nobody here (28 CFR 90.4).
    """
    refuse_victim_service(actor)
    person_name = checks.text(ask.person_name, "person_name", 200)
    if ask.person_id is not None:
        checks.own_person(actor, ask.person_id)
        person_name = person_name or names(actor, [ask.person_id])[ask.person_id]
    phone = checks.text(ask.phone, "phone", 60)
    if not person_name and not phone:
        raise Refused(_("Give a name or a phone number to reach them by."), field="person_name")
    reason_words = _checked_reason(ask)
    naming.note("asked", given=person_name, hidden=(phone,))
    row = Request(
        held_by_id=actor.organization,
        topic=IDENTITY,
        sensitivities=list(sensitivities_of(ask.reason)),
        reference=reference("Q", today()),
        person_id=ask.person_id,
        person_name=person_name,
        phone=phone,
        language=checks.text(ask.language, "language", 20),
        reason=ask.reason,
        reason_words=reason_words,
        channel=checks.one_of(Channel, ask.channel, "channel"),
        warm=ask.channel == Channel.WARM_HANDOFF if ask.warm is None else ask.warm,
        expects_call=ask.expects_call,
        urgent=ask.urgent,
        referrer_id=actor.user_id,
        referrer_name=actor.name,
        referrer_role=checks.one_of(ReferrerRole, ask.referrer_role or ReferrerRole.OTHER, "referrer_role"),
        team_id=_team(actor, ask.team_id),
        asked_at=now(),
    )
    row.save(force_insert=True)
    audit.record("coordination.request", actor=actor, subject_type="request", subject_ids=[row.id])
    events.emit("coordination.requested", actor=actor, request_id=row.id)
    return row.id


def _checked_reason(ask: Ask) -> str:
    said = checks.text(ask.reason_words, "reason_words", 2000)
    if ask.reason not in (*NEEDS, words.OTHER):
        raise Refused(_("Choose what the help is needed with."), field="reason")
    if ask.reason == words.OTHER and not said:
        raise Refused(_("Say in a few words what the help is needed with."), field="reason_words")
    return said


def _team(actor: Actor, team_id: UUID | None) -> UUID | None:
    """The team that was named, if it is one of ours; else the team in which the actor works."""
    if team_id is not None:
        if team_id not in {team.id for team in teams(actor.organization)}:
            raise Refused(_("Choose one of your own teams."), field="team_id")
        return team_id
    if actor.user_id is None:
        return None
    mine = (each for each in memberships_of(actor.user_id) if each.organization_id == actor.organization)
    return next((each.team_id for each in mine), None)


def take_request(
    *, actor: Actor, request_id: UUID, person_id: UUID, check_back_on: date | None = None
) -> UUID:
    """Take a request: it belongs to this own person now, who comes into the caseload; returns the episode.

    Where somebody leads an open episode with this person already, that one stays.
    """
    checks.own_person(actor, person_id)
    row = _own_request(actor, request_id)
    if row.status != NEW:
        raise Refused(words.outcome(row))
    made = lifecycle.apply(REQUEST, row, "take", side=COORDINATOR, given={"person": person_id})
    row.person_id = person_id
    row.taken_by_id, row.taken_by_name, row.taken_at = actor.works_for, actor.name, now()
    row.save()
    soon = row.urgent or row.warm or row.expects_call
    day = checks.not_past(check_back_on) or first_check_back(today(), soon=soon)
    episode = start_or_keep(actor, person_id, Start(check_back_on=day, urgent=row.urgent, warm=row.warm))
    audit.record(
        "coordination.take", actor=actor, subject_type="person", subject_ids=[person_id], request=row.id
    )
    events.emit(
        made.transition.emits, actor=actor, request_id=row.id, person_id=person_id, episode_id=episode.id
    )
    return episode.id


def close_request(*, actor: Actor, request_id: UUID, reason: str, words: str = "") -> None:
    """Close a request, saying what became of it."""
    said = checks.text(words, "words")
    checks.one_of(RequestEnd, reason, "reason")
    row = _own_request(actor, request_id)
    if row.closed_at is not None:
        raise Refused(_("%(name)s closed this request in the meantime.") % {"name": row.closed_by_name})
    made = lifecycle.apply(REQUEST, row, "close", side=COORDINATOR, given={"reason": reason})
    row.closed_at, row.closed_by_name = now(), actor.name
    row.closed_reason, row.closed_words = reason, said
    row.save()
    audit.record(
        "coordination.close", actor=actor, subject_type="request", subject_ids=[row.id], reason=reason
    )
    events.emit(made.transition.emits, actor=actor, request_id=row.id, person_id=row.person_id)


def _own_request(actor: Actor, request_id: UUID) -> Request:
    row = Request.objects.select_for_update().filter(pk=request_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return row
