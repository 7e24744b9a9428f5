"""From rows to cards, the same way for lists and for one."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.people import selectors as people
from waypost.referrals.cards import ReferralRow
from waypost.referrals.choices import Source
from waypost.referrals.machine import FAILED, ON_HOLD, RECIPIENT, REJECTED, SENDER
from waypost.referrals.models import Referral, Report
from waypost.referrals.rules import Evidence, loop, need_met, turn

ANSWERED_NO = frozenset({REJECTED, ON_HOLD, FAILED})


def with_reports(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """Reports and the other party in two more queries, however many rows."""
    reports = Report.objects.order_by("at")
    return rows.select_related("held_by", "recipient").prefetch_related(Prefetch("reports", queryset=reports))


def evidence(row: Referral) -> list[Evidence]:
    """The reports of a row as the rules read them."""
    return [Evidence(fact=each.fact, source=each.source, at=each.at) for each in row.reports.all()]


def side(actor: Actor, row: Referral) -> str:
    """Which side the actor's organization is on."""
    return SENDER if row.held_by_id == actor.organization_id else RECIPIENT


def shaped(actor: Actor, rows: Iterable[Referral]) -> list[ReferralRow]:
    """Rows for a list; names of own people are looked up once for all."""
    found = list(rows)
    wanted: set[UUID] = {row.person_id for row in found if row.held_by_id == actor.organization_id}
    names = people.names(actor, wanted)
    return [line(actor, row, names) for row in found]


def line(actor: Actor, row: Referral, names: dict[UUID, str]) -> ReferralRow:
    """One row. The recipient reads the name that it was told, never the sender's record."""
    mine = side(actor, row) == SENDER
    reports = evidence(row)
    known = loop(reports)
    words, writer = _answer(row)
    return ReferralRow(
        id=row.id,
        reference=row.reference,
        side=side(actor, row),
        person_id=row.person_id,
        person_name=names.get(row.person_id, "") if mine else str(row.shared.get("name", "")),
        category=row.category,
        service_name=row.service_name,
        service_organization=row.service_organization,
        sender_name=row.sender_name,
        other_party=row.service_organization if mine else row.held_by.name,
        status=row.status,
        reason=row.reason,
        urgency=row.urgency,
        sent_at=row.sent_at,
        moved_at=row.moved_at,
        check_back_on=row.check_back_on,
        turn=turn(
            status=row.status,
            next_move=row.next_move,
            next_move_by=row.next_move_by,
            check_back_on=row.check_back_on,
            outcome_known=known.closed and not known.contradictory,
            today=today(),
        ),
        loop=known,
        need_met=need_met(reports),
        told={} if mine else dict(row.shared),
        answer_words=words,
        answer_by=writer,
        sharing_ended=row.ended_at is not None,
        may_reply=row.may_reply,
    )


def _answer(row: Referral) -> tuple[str, str]:
    """The service's last words and who wrote them: from its reports, or else with its no."""
    for each in reversed(row.reports.all()):
        if each.source == Source.PARTNER and each.words:
            return each.words, each.actor_name
    return (row.reason_words, "") if row.status in ANSWERED_NO else ("", "")
