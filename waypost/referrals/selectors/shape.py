"""From rows to cards, the same way for lists and for one; what is sensitive is hidden here, for all."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from waypost.kernel import naming
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.network.roles import sees_sensitive
from waypost.people import selectors as people
from waypost.referrals.cards import ReferralRow
from waypost.referrals.choices import Source
from waypost.referrals.machine import FAILED, ON_HOLD, RECIPIENT, REJECTED, SENDER
from waypost.referrals.models import Referral, Report
from waypost.referrals.rules import Evidence, loop, need_met, turn

PRIVATE = "private"  # in place of the category; ``disclosure.words.topic_name`` says it
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
    if not mine:
        _note(row)
    reports = evidence(row)
    known = loop(reports)
    hidden = hidden_from(actor, row)
    words, writer = ("", "") if hidden else _answer(row)
    return ReferralRow(
        id=row.id,
        reference=row.reference,
        side=side(actor, row),
        person_id=row.person_id,
        person_name=names.get(row.person_id, "") if mine else str(row.shared.get("name", "")),
        category=PRIVATE if hidden else row.category,
        service_name="" if hidden else row.service_name,
        service_organization=_("a private service") if hidden else row.service_organization,
        sender_name=row.sender_name,
        other_party=_other(row, mine=mine, hidden=hidden),
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
        told={} if mine or hidden else dict(row.shared),
        answer_words=words,
        answer_by=writer,
        sharing_ended=row.ended_at is not None,
        may_reply=row.answers,
        sensitive=bool(row.sensitivities),
        hidden=hidden,
    )


def _note(row: Referral) -> None:
    told = row.shared
    naming.note(
        row.person_id,
        given=str(told.get("given_name", "")),
        family=str(told.get("family_name", "")),
        called=str(told.get("first", "")),
        hidden=(str(told.get("phone", "")),),
    )


def hidden_from(actor: Actor, row: Referral) -> bool:
    """Whether its need, service and recipient are not for this role: a recipient's name alone can tell."""
    return bool(row.sensitivities) and not sees_sensitive(actor.role)


def _other(row: Referral, *, mine: bool, hidden: bool) -> str:
    if mine:
        return _("a private service") if hidden else row.service_organization
    return row.held_by.name


def _answer(row: Referral) -> tuple[str, str]:
    """The service's last words and who wrote them: from its reports, or else with its no."""
    for each in reversed(row.reports.all()):
        if each.source == Source.PARTNER and each.words:
            return each.words, each.actor_name
    return (row.reason_words, "") if row.status in ANSWERED_NO else ("", "")
