"""A person in a caseload: open, say whose move it is, hand over, close."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent.selectors import workers_kept_out
from waypost.coordination.models import PLAN, Episode, EpisodeEnd, NextMove, WhoseMove
from waypost.coordination.rules import first_check_back
from waypost.coordination.services import checks
from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.turns import take_turn
from waypost.network.selectors import members
from waypost.people.services import check_way

LEADS = ("coordinator", "supervisor", "intake_worker")


@dataclass(frozen=True, slots=True)
class Start:
    """How an episode begins. ``warm``: the person was there, so the first move is to meet."""

    check_back_on: date
    urgent: bool = False
    warm: bool = False
    lead_id: UUID | None = None


def open_episode(
    *,
    actor: Actor,
    person_id: UUID,
    lead_id: UUID | None = None,
    urgent: bool = False,
    check_back_on: date | None = None,
) -> UUID:
    """Take an own person into a caseload; refused, with the lead's name, where she is in one already."""
    checks.own_person(actor, person_id)
    day = checks.not_past(check_back_on) or first_check_back(today(), soon=urgent)
    take_turn("episode", actor.organization, person_id)
    standing = open_one(actor, person_id)
    if standing is not None:
        raise Refused(_("%(lead)s works with this person already.") % {"lead": standing.lead_name})
    return _open(actor, person_id, Start(check_back_on=day, urgent=urgent, lead_id=lead_id)).id


def start_or_keep(actor: Actor, person_id: UUID, start: Start) -> Episode:
    """The open episode of an own person, opened if need be. Called for a request that was taken."""
    take_turn("episode", actor.organization, person_id)
    standing = open_one(actor, person_id)
    if standing is None:
        return _open(actor, person_id, start)
    if start.urgent and not standing.urgent:
        standing.urgent = True
        standing.save()
    return standing


def open_one(actor: Actor, person_id: UUID) -> Episode | None:
    """The open episode of a person here, locked."""
    rows = Episode.objects.select_for_update().filter(held_by_id=actor.organization, person_id=person_id)
    return rows.filter(closed_at__isnull=True).first()


def _open(actor: Actor, person_id: UUID, start: Start) -> Episode:
    lead_id, lead_name = _lead(actor, start.lead_id, person_id)
    row = Episode(
        held_by_id=actor.organization,
        topic=PLAN,
        person_id=person_id,
        lead_id=lead_id,
        lead_name=lead_name,
        opened_at=now(),
        whose_move=WhoseMove.US,
        next_move=NextMove.MEET if start.warm else NextMove.CALL,
        check_back_on=start.check_back_on,
        urgent=start.urgent,
    )
    row.save(force_insert=True)
    events.emit("episode.opened", actor=actor, person_id=person_id, episode_id=row.id)
    audit.record("episode.open", actor=actor, subject_type="person", subject_ids=[person_id], episode=row.id)
    return row


def set_next_move(
    *,
    actor: Actor,
    episode_id: UUID,
    whose_move: str,
    next_move: str,
    words: str = "",
    check_back_on: date | None = None,
    urgent: bool | None = None,
) -> None:
    """Say who does what next, and when to check back."""
    row = _own_open(actor, episode_id)
    row.whose_move = checks.one_of(WhoseMove, whose_move, "whose_move")
    row.next_move = checks.one_of(NextMove, next_move, "next_move")
    check_way(actor=actor, person_id=row.person_id, way=row.next_move)
    row.next_words = checks.text(words, "words", checks.LINE)
    row.check_back_on = checks.not_past(check_back_on)
    row.urgent = row.urgent if urgent is None else urgent
    row.save()
    audit.record(
        "episode.plan", actor=actor, subject_type="person", subject_ids=[row.person_id], episode=row.id
    )


def hand_over(*, actor: Actor, episode_id: UUID, lead_id: UUID) -> None:
    """Let somebody else of the organization lead."""
    row = _own_open(actor, episode_id)
    row.lead_id, row.lead_name = _lead(actor, lead_id, row.person_id)
    row.save()
    events.emit(
        "episode.handed_over", actor=actor, person_id=row.person_id, episode_id=row.id, lead_id=lead_id
    )
    audit.record(
        "episode.hand_over", actor=actor, subject_type="person", subject_ids=[row.person_id], lead=lead_id
    )


def close_episode(*, actor: Actor, episode_id: UUID, reason: str, words: str = "") -> None:
    """End an episode, saying why."""
    checks.one_of(EpisodeEnd, reason, "reason")
    said = checks.text(words, "words")
    row = _own_open(actor, episode_id)
    row.closed_at, row.closed_reason, row.closed_words = now(), reason, said
    row.check_back_on = None
    row.save()
    events.emit("episode.closed", actor=actor, person_id=row.person_id, episode_id=row.id)
    audit.record(
        "episode.close", actor=actor, subject_type="person", subject_ids=[row.person_id], reason=reason
    )


def _own_open(actor: Actor, episode_id: UUID) -> Episode:
    row = Episode.objects.select_for_update().filter(pk=episode_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    if row.closed_at is not None:
        raise Refused(_("This was closed in the meantime. Open it again to go on."))
    return row


def _lead(actor: Actor, lead_id: UUID | None, person_id: UUID) -> tuple[UUID, str]:
    """Who leads: the actor, or a member of the organization who may and whom the person does not keep out."""
    if lead_id is None or lead_id == actor.works_for:
        if actor.works_for is None:
            raise PermissionError("an episode is led by a user")
        return actor.works_for, actor.works_as
    for each in members(actor.organization, roles=LEADS):
        if each.user_id == lead_id:
            if lead_id in workers_kept_out([person_id]):
                words = _("This person wants %(name)s kept out. Choose somebody else.")
                raise Refused(words % {"name": each.user_name}, field="lead_id")
            return each.user_id, each.user_name
    raise Refused(_("Choose somebody who works here with people."), field="lead_id")
