"""One referral, whole, or several of them in as many queries as one takes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible
from waypost.people import selectors as people
from waypost.referrals.cards import EventCard, Parties, ReferralCard
from waypost.referrals.machine import PROXY, RECIPIENT, REFERRAL, SENDER
from waypost.referrals.models import Referral, ReferralEvent, Report
from waypost.referrals.rules import UNDO_WINDOW, may_undo
from waypost.referrals.selectors.shape import hidden_from, line, side, with_reports


def referral(actor: Actor, referral_id: UUID) -> ReferralCard:
    """The referral as the actor's side sees it; raises NotVisible."""
    found = referrals(actor, [referral_id])
    if not found:
        raise NotVisible
    return found[0]


def referrals(actor: Actor, ids: Iterable[UUID]) -> list[ReferralCard]:
    """Those of these referrals that can be seen, the newest first; a sensitive one is not for every role."""
    found = Referral.objects.filter(pk__in=set(ids)).order_by("-created_at", "-id")
    rows = [row for row in _whole(found) if not hidden_from(actor, row)]
    names = people.names(actor, [row.person_id for row in rows if side(actor, row) == SENDER])
    return [_card(actor, row, names) for row in rows]


def _whole(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    events = Prefetch("events", queryset=ReferralEvent.objects.order_by("at", "id"))
    return with_reports(rows).prefetch_related(events)


def _card(actor: Actor, row: Referral, names: dict[UUID, str]) -> ReferralCard:
    events = list(row.events.all())
    return ReferralCard(
        row=line(actor, row, names),
        sensitivities=tuple(row.sensitivities),
        need_id=row.need_id,
        service_id=row.service_id,
        sender_id=row.held_by_id,
        recipient_id=row.recipient_id,
        recipient_person_id=row.recipient_person_id if side(actor, row) == RECIPIENT else None,
        handoff=row.handoff,
        next_move=row.next_move,
        next_move_by=row.next_move_by,
        person_knows=row.person_knows,
        words_to_recipient=row.words_to_recipient,
        reason_words=row.reason_words,
        basis=row.basis,
        asked_at=row.asked_at,
        consent_id=row.consent_id,
        topics=tuple(row.topics),
        shared=dict(row.shared),
        may_reply=row.answers,
        sharing_ended_at=row.ended_at,
        sharing_ran_out=row.ended_at is not None
        and (row.basis == "agreement" or row.sharing_ended_at in (None, row.sharing_until)),
        withdrawn_at=row.withdrawn_at,
        parent_id=row.parent_id,
        created_at=row.created_at,
        answered_at=row.answered_at,
        moves=_moves(actor, row),
        timeline=_timeline(actor, events, list(row.reports.all())),
        undo_until=_undo_until(actor, events),
    )


def _moves(actor: Actor, row: Referral) -> tuple[str, ...]:
    """The moves open to the actor now: what draws the buttons."""
    mine = side(actor, row) == SENDER
    if not mine and (row.ended_at is not None or not row.answers):
        return ()
    sides = (RECIPIENT,) if not mine else (SENDER, PROXY) if row.recipient_id is None else (SENDER,)
    return tuple(each.name for one in sides for each in REFERRAL.moves(row.status, one))


def _timeline(actor: Actor, events: list[ReferralEvent], reports: list[Report]) -> tuple[EventCard, ...]:
    undone = {each.undoes for each in events if each.undoes}
    lines = [
        EventCard(
            id=each.id,
            kind="move",
            name=each.name,
            who=each.actor_name,
            organization=each.organization_name,
            ours=each.organization_id == actor.organization_id,
            at=each.at,
            reason=each.reason,
            words=each.words,
            source="",
            scheduled_for=None,
            undone=each.id in undone,
        )
        for each in events
    ]
    lines += [
        EventCard(
            id=each.id,
            kind="report",
            name=each.fact,
            who=each.actor_name,
            organization=each.organization_name,
            ours=each.organization_id == actor.organization_id,
            at=each.at,
            reason=each.why,
            words=_words(actor, each),
            source=each.source,
            scheduled_for=each.scheduled_for,
            undone=False,
        )
        for each in reports
    ]
    return tuple(sorted(lines, key=lambda each: (each.at, each.id), reverse=True))


def _words(actor: Actor, report: Report) -> str:
    """The words of a report: a partner's are for both sides; what the sender wrote down stays there."""
    ours = report.organization_id == actor.organization_id
    return report.words if ours or report.source == "partner" else ""


def _undo_until(actor: Actor, events: list[ReferralEvent]) -> datetime | None:
    if not events:
        return None
    last = events[-1]
    mine = last.actor_id is not None and last.actor_id == actor.user_id
    open_still = may_undo(name=last.name, at=last.at, by_same_user=mine, is_last=True, now=now())
    return last.at + UNDO_WINDOW if open_still else None


def parties(referral_id: UUID) -> Parties | None:
    """Between whom a referral runs; None where there is none to see."""
    row = Referral.objects.filter(pk=referral_id).first()
    if row is None:
        return None
    return Parties(
        sender_id=row.held_by_id,
        recipient_id=row.recipient_id,
        sent_by=row.kept_by_id or row.created_by_id,
        sharing_ended=row.ended_at is not None,
        withdrawn=row.withdrawn_at is not None,
        person_ids=tuple(each for each in (row.person_id, row.recipient_person_id) if each),
    )


def event_stands(event_id: UUID) -> bool:
    """Whether a move was not taken back: asked before its notice goes out."""
    return (
        ReferralEvent.objects.filter(pk=event_id).exists()
        and not ReferralEvent.objects.filter(undoes=event_id).exists()
    )
