"""The row in hand: found and locked, its side known, its events appended."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from waypost.disclosure import gate
from waypost.kernel import audit, events, lifecycle
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.machine import IllegalMove
from waypost.referrals.choices import Status
from waypost.referrals.machine import PROXY, RECIPIENT, REFERRAL, SENDER
from waypost.referrals.models import Referral, ReferralEvent, Tombstone
from waypost.referrals.refusing import reply_refusal

WORDS_LIMIT = 4000


def locked(actor: Actor, referral_id: UUID) -> Referral:
    """The referral, locked; raises NotVisible, and Refused with words where it was recalled."""
    row = Referral.objects.select_for_update(of=("self",)).filter(pk=referral_id).first()
    if row is None:
        gone = Tombstone.objects.filter(referral_id=referral_id, held_by_id=actor.organization).first()
        if gone is not None:
            raise Refused(
                _("%(sender)s withdrew referral %(reference)s. Nothing was sent to them.")
                % {"sender": gone.sender_name, "reference": gone.reference}
            )
        raise NotVisible
    return row


def side_of(actor: Actor, row: Referral) -> str:
    """Sender or recipient."""
    return SENDER if row.held_by_id == actor.organization_id else RECIPIENT


def sides_of(actor: Actor, row: Referral) -> tuple[str, ...]:
    """The sides this actor may act for; a sender also writes down what a service outside said."""
    if row.held_by_id != actor.organization_id:
        return (RECIPIENT,)
    return (SENDER, PROXY) if row.recipient_id is None else (SENDER,)


def check_words(words: str) -> str:
    """Trimmed words, refused when too long."""
    trimmed = words.strip()
    if len(trimmed) > WORDS_LIMIT:
        raise Refused(
            _("Please use at most %(limit)d characters. Nothing was lost.") % {"limit": WORDS_LIMIT},
            field="words",
        )
    return trimmed


def check_reply(actor: Actor, row: Referral) -> None:
    """Reporting back is a disclosure of its own: refused once the agreement is taken back or over."""
    if side_of(actor, row) != RECIPIENT:
        return
    words = reply_refusal(
        ended_at=row.ended_at,
        ran_out=row.basis == "agreement" or row.sharing_ended_at in (None, row.sharing_until),
        may_reply=row.answers,
        sender=row.held_by.name,
    )
    if words:
        raise Refused(words)


def advance(
    actor: Actor,
    row: Referral,
    name: str,
    *,
    reason: str = "",
    words: str = "",
    hold_seconds: int | None = None,
    by_report: bool = False,
) -> ReferralEvent:
    """Make one move of the machine, save the row, append the event, announce it.

    ``by_report``: a report that is announced itself makes this move; nobody needs telling twice.
    """
    last_error: IllegalMove | None = None
    for side in sides_of(actor, row):
        try:
            made = lifecycle.apply(REFERRAL, row, name, side=side, given={"reason": reason, "words": words})
        except IllegalMove as error:
            last_error = error
            continue
        break
    else:
        raise Refused(_refusal(row, name, reason)) from last_error
    # The recipient reads this row; once sharing ended, the sender's words stay in the sender's own history.
    row.reason, row.reason_words = reason, words if reason and row.ended_at is None else ""
    row.moved_at = now()
    if made.source == Status.REQUESTED and row.answered_at is None and name in {"accept", "reject"}:
        row.answered_at = row.moved_at
    row.save()
    event = append(
        actor,
        row,
        name,
        side=side,
        source_status=made.source,
        target_status=made.target,
        reason=reason,
        words=words,
    )
    hold = settings.NOTICE_HOLD_SECONDS if hold_seconds is None else hold_seconds
    more = {"by_report": "yes"} if by_report else {}
    announce(made.transition.emits, actor, row, event, hold_seconds=hold, **more)
    return event


def _refusal(row: Referral, name: str, reason: str) -> str:
    if name in {"reject", "pause", "fail", "cancel"} and not reason:
        return _("Please choose a reason.")
    return _("This referral is already “%(status)s”; somebody may have been quicker.") % {
        "status": row.get_status_display()
    }


def append(actor: Actor, row: Referral, name: str, *, side: str, **fields: Any) -> ReferralEvent:
    """Add an event that nobody can change."""
    event = ReferralEvent(
        referral=row,
        name=name,
        side=side,
        actor_id=actor.user_id,
        actor_name=actor.name,
        organization_id=actor.organization_id,
        organization_name=actor.organization_name,
        at=now(),
        **fields,
    )
    ReferralEvent.objects.bulk_create([event])
    return event


def account(actor: Actor, row: Referral) -> None:
    """Log that something about the person went to the other organization on this referral (45 CFR 164.528).

    What the sender writes down for a service outside the network goes nowhere.
    """
    if row.recipient_id is None:
        return
    answers = side_of(actor, row) == RECIPIENT
    other = row.held_by if answers else row.recipient
    if other is None:
        return
    told = row.shared.get("back", {}) if answers else row.shared
    gate.log_answer(
        actor,
        row.recipient_person_id if answers and row.recipient_person_id else row.person_id,
        gate.party(other.id),
        basis=row.basis,
        consent_id=row.consent_id,
        topics=[row.category],
        sensitivities=row.sensitivities,
        source="referral_answer" if answers else "referral_message",
        source_id=row.id,
        carries=told.get("carries", ()),
        scope=told.get("scope", {}),
    )


def announce(
    name: str, actor: Actor, row: Referral, event: ReferralEvent | None, *, hold_seconds: int = 0, **more: Any
) -> None:
    """Tell the rooms above, and the audit."""
    events.emit(
        name,
        actor=actor,
        hold_seconds=hold_seconds,
        referral_id=row.id,
        event_id=event.id if event else None,
        sender_id=row.held_by_id,
        recipient_id=row.recipient_id,
        reference=row.reference,
        **more,
    )
    audit.record(name, actor=actor, subject_type="referral", subject_ids=[row.id], **more)
