"""Moves after sending: answer, pause, call off, take back one's last move."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.consent.services import hold
from waypost.disclosure.rules.facts import OWN_REQUEST
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.referrals.choices import Reason
from waypost.referrals.machine import DRAFT, RECIPIENT
from waypost.referrals.models import Referral, ReferralEvent
from waypost.referrals.rules import may_undo
from waypost.referrals.services import rows
from waypost.referrals.services.ending import withdraw
from waypost.referrals.services.sending import recipient_of

AT_ONCE = timedelta(seconds=1)  # a report and the move that it makes are written in one transaction


def move(*, actor: Actor, referral_id: UUID, name: str, reason: str = "", words: str = "") -> None:
    """One move of the machine by the side that may make it; a reason where the table wants one."""
    row = rows.locked(actor, referral_id)
    rows.check_reply(actor, row)
    if reason and reason not in Reason.values:
        raise Refused(_("Please choose a reason from the list."), field="reason")
    rows.advance(actor, row, name, reason=reason, words=rows.check_words(words))
    if rows.side_of(actor, row) == RECIPIENT:
        rows.account(actor, row)
    if name == "mistake" and row.recipient_id is not None and row.sent_at is not None:
        withdraw(actor, row)  # the recipient keeps a tombstone and is told


def note(*, actor: Actor, referral_id: UUID, words: str) -> None:
    """A message to the other side, on the referral's timeline."""
    row = rows.locked(actor, referral_id)
    text = rows.check_words(words)
    if not text:
        raise Refused(_("Please write something first."), field="words")
    if row.status == DRAFT:
        raise Refused(_("Send the referral first."), field="words")
    if rows.side_of(actor, row) == RECIPIENT:
        rows.check_reply(actor, row)
    elif row.ended_at is not None:
        raise Refused(_("The agreement to share has ended: nothing more can be sent."), field="words")
    elif row.basis == OWN_REQUEST and row.recipient_id is not None:
        raise Refused(
            _("The person asked for what was sent, and for nothing more. Ask them, and call."), field="words"
        )
    event = rows.append(actor, row, "note", side=rows.side_of(actor, row), words=text)
    rows.account(actor, row)
    rows.announce("referral.note", actor, row, event)


def undo(*, actor: Actor, referral_id: UUID) -> None:
    """Take one's own last move back within ten seconds, by an event that says so.

    A move that a report made stays: what was reported cannot be unsaid.
    """
    person_id = Referral.objects.filter(pk=referral_id).values_list("person_id", flat=True).first()
    if person_id is not None:
        hold(person_id)  # before the row, in the order in which a consent is taken back
    row = rows.locked(actor, referral_id)
    moves = list(row.events.order_by("at", "id"))
    last = moves[-1] if moves else None
    if last is None or not may_undo(
        name=last.name,
        at=last.at,
        by_same_user=last.actor_id is not None and last.actor_id == actor.user_id,
        is_last=not row.reports.filter(at__gte=last.at - AT_ONCE).exists(),
        now=now(),
    ):
        raise Refused(_("It is too late to undo this. The other side has been told."))
    rows.check_reply(actor, row)
    _put_back(actor, row, last, earlier=_standing_before(moves))
    rows.append(
        actor,
        row,
        "undo",
        side=last.side,
        source_status=last.target_status,
        target_status=last.source_status,
        undoes=last.id,
    )
    rows.announce("referral.undone", actor, row, None, undone=last.id)


def _standing_before(moves: list[ReferralEvent]) -> ReferralEvent | None:
    """The move that made the referral what it was before the last one; what was undone does not count."""
    gone = {each.undoes for each in moves if each.undoes}
    counted = [each for each in moves[:-1] if each.target_status and not each.undoes and each.id not in gone]
    return counted[-1] if counted else None


def _put_back(actor: Actor, row: Referral, last: ReferralEvent, *, earlier: ReferralEvent | None) -> None:
    """The row as it was before its last move."""
    row.status = last.source_status
    row.status_before = earlier.source_status if earlier else ""
    row.reason = earlier.reason if earlier else ""
    row.reason_words = earlier.words if earlier and earlier.reason else ""
    if last.name in {"accept", "reject"}:
        row.answered_at = None
    if last.name == "send":
        if row.recipient_id is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT disclosure_end_access('referral', %s)", [row.id])
        row.sent_at, row.shared, row.topics, row.basis, row.consent_id = None, {}, [], "", None
        row.asked_at = None
        row.sharing_until = None
        row.recipient_id = recipient_of(actor, row.service_id)
    row.moved_at = now()
    row.save()
