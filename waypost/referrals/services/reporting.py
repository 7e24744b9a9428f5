"""Evidence: what happened, who says so."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.referrals.choices import Fact, Reason, Source
from waypost.referrals.machine import (
    ACCEPTED,
    DRAFT,
    ENTERED_IN_ERROR,
    RECIPIENT,
    REQUESTED,
    SENDER,
    UNDERWAY,
)
from waypost.referrals.models import Referral, Report
from waypost.referrals.services import rows
from waypost.screening import services as screening
from waypost.screening.selectors import need as need_of

LONG_AGO, FAR = timedelta(days=366), timedelta(days=3 * 366)  # a date that somebody sets, or set
PARTNER_ONLY = frozenset({Fact.SCHEDULED.value, Fact.ATTENDED.value})


def report(
    *,
    actor: Actor,
    referral_id: UUID,
    fact: str,
    source: str,
    why: str = "",
    words: str = "",
    scheduled_for: datetime | None = None,
) -> None:
    """Add evidence. The recipient reports as partner; the sender writes down what the person, or he, says.

    A partner's report also moves the referral: a date set starts it, the service received completes it,
    not received ends it as not worked out.
    """
    row = rows.locked(actor, referral_id)
    side = rows.side_of(actor, row)
    _check(row, side, fact=fact, source=source, why=why, scheduled_for=scheduled_for)
    rows.check_reply(actor, row)
    text = rows.check_words(words)
    entry = Report(
        referral=row,
        fact=Fact(fact),
        source=Source(source),
        why=why,
        words=text,
        scheduled_for=scheduled_for,
        actor_id=actor.user_id,
        actor_name=actor.name,
        organization_id=actor.organization_id,
        organization_name=actor.organization_name,
        at=now(),
    )
    Report.objects.bulk_create([entry])
    rows.announce("referral.reported", actor, row, None, fact=fact, source=source, report_id=entry.id)
    if source == Source.PARTNER and side == RECIPIENT:
        rows.account(actor, row)
    if source == Source.PARTNER:
        _move_along(actor, row, fact, why, text)
    if source == Source.PERSON and side == SENDER:
        _tell_need(actor, row, fact)


def _check(
    row: Referral, side: str, *, fact: str, source: str, why: str, scheduled_for: datetime | None
) -> None:
    if fact not in Fact.values:
        raise Refused(_("Please say what happened."), field="fact")
    allowed = {Source.PARTNER} if side == RECIPIENT else {Source.PERSON, Source.COORDINATOR}
    if side == SENDER and row.recipient_id is None:
        allowed.add(Source.PARTNER)
    if source not in allowed:
        raise Refused(_("You cannot speak for them here."), field="source")
    if fact in {Fact.NEED_MET, Fact.NEED_OPEN} and source != Source.PERSON:
        raise Refused(_("Whether the need is met is the person's word."), field="fact")
    if row.status in {DRAFT, ENTERED_IN_ERROR}:
        raise Refused(_("Nothing can be reported on a referral that was not sent."))
    if fact == Fact.SCHEDULED and scheduled_for is None:
        raise Refused(_("Please give the day and time."), field="scheduled_for")
    if scheduled_for is not None and not now() - LONG_AGO <= scheduled_for <= now() + FAR:
        raise Refused(_("This day and time cannot be right."), field="scheduled_for")
    if fact == Fact.NOT_RECEIVED and why not in Reason.values:
        raise Refused(_("Please choose why."), field="why")


def _move_along(actor: Actor, row: Referral, fact: str, why: str, words: str) -> None:
    if row.status == REQUESTED:
        rows.advance(actor, row, "accept", by_report=True)
    if fact in {Fact.SCHEDULED, Fact.ATTENDED} and row.status == ACCEPTED:
        rows.advance(actor, row, "start", by_report=True)
    elif fact in {Fact.RECEIVED, Fact.PARTLY} and row.status in UNDERWAY:
        rows.advance(actor, row, "complete", words=words, by_report=True)
    elif fact == Fact.NOT_RECEIVED and row.status in UNDERWAY:
        rows.advance(actor, row, "fail", reason=why, words=words, by_report=True)


def _tell_need(actor: Actor, row: Referral, fact: str) -> None:
    """The person's word moves the need, unless it stands there already."""
    target = {Fact.NEED_MET.value: "met", Fact.NEED_OPEN.value: "open"}.get(fact)
    if target and need_of(actor, row.need_id).status != target:
        screening.set_need_status(actor=actor, need_id=row.need_id, status=target)
