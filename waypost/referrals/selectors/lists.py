"""Lists of referrals: sent, received, of a person, by reference."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.network.roles import sees_sensitive
from waypost.referrals.cards import ReferralRow, TombstoneCard
from waypost.referrals.choices import CLOSING, Fact, Source
from waypost.referrals.machine import FINAL
from waypost.referrals.models import Referral, Report, Tombstone
from waypost.referrals.selectors.shape import shaped, with_reports

PAGE = 50
CLOSED_TABS = frozenset({"closed", "ended"})


# Nobody is asked to answer what is over: the person received it, or did not, and somebody said so.
OUTCOME_KNOWN = Q(Exists(Report.objects.filter(referral_id=OuterRef("pk"), fact__in=CLOSING)))


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. ``tab``: open, new, due, closed, draft, all; the rest as in the URL."""

    tab: str = "open"
    category: str = ""
    status: str = ""
    words: str = ""
    page: int = 1


def still_shared() -> Q:
    """Nobody took the agreement back, and its day has not come."""
    return Q(sharing_ended_at__isnull=True) & (Q(sharing_until__isnull=True) | Q(sharing_until__gt=now()))


def sent(actor: Actor, chosen: Filter) -> tuple[list[ReferralRow], int]:
    """What we sent, newest first; a page of rows and the count."""
    rows = _tab(Referral.objects.filter(held_by_id=actor.organization), chosen.tab)
    return _page(actor, _narrow(actor, rows, chosen), chosen.page)


def inbox(actor: Actor, chosen: Filter) -> tuple[list[ReferralRow], int]:
    """What was sent to us; a page of rows and the count."""
    rows = _received(actor)
    if chosen.tab == "new":
        rows = rows.filter(~OUTCOME_KNOWN, still_shared(), status="requested")
    elif chosen.tab == "ended":
        over = ~still_shared() | Q(status__in=FINAL)
        rows = rows.filter(over | (Q(status="requested") & OUTCOME_KNOWN))
    elif chosen.tab != "all":
        rows = rows.filter(still_shared()).exclude(status__in=[*FINAL, "requested"])
    return _page(actor, _narrow(actor, rows, chosen), chosen.page)


def counts(actor: Actor) -> dict[str, int]:
    """How many: new in the inbox, under way there, sent and open, due to ask the person."""
    received = _received(actor).filter(still_shared())
    mine = Referral.objects.filter(held_by_id=actor.organization)
    return {
        "inbox_new": received.filter(~OUTCOME_KNOWN, status="requested").count(),
        "inbox_open": received.exclude(status__in=[*FINAL, "requested"]).count(),
        "sent_open": _tab(mine, "open").count(),
        "due": _tab(mine, "due").count(),
        "draft": mine.filter(status="draft").count(),
    }


def of_person(actor: Actor, person_id: UUID) -> list[ReferralRow]:
    """Every referral of a person: sent by us, sent to us about this record, or taken into it."""
    received = Q(recipient_id=actor.organization, withdrawn_at__isnull=True) & ~Q(status="draft")
    rows = Referral.objects.filter(
        Q(held_by_id=actor.organization, person_id=person_id)
        | Q(recipient_id=actor.organization, recipient_person_id=person_id)
        | Q(received, person_id=person_id)
    ).exclude(status="entered-in-error")
    return shaped(actor, with_reports(rows).order_by("-created_at"))


def by_reference(actor: Actor, reference: str) -> UUID | None:
    """The referral with this reference, if it is ours to see."""
    found = Referral.objects.filter(reference__iexact=reference.strip())
    return found.values_list("id", flat=True).first()


def answers_since(actor: Actor, since: datetime) -> list[ReferralRow]:
    """What came back to us lately: answers and reports by partners, newest first."""
    rows = Referral.objects.filter(held_by_id=actor.organization).filter(
        Q(answered_at__gte=since) | Q(reports__at__gte=since, reports__source=Source.PARTNER)
    )
    return shaped(actor, with_reports(rows.distinct()).order_by("-moved_at")[:20])


def tombstones(actor: Actor) -> list[TombstoneCard]:
    """Referrals that were withdrawn from us."""
    rows = Tombstone.objects.filter(held_by_id=actor.organization).order_by("-withdrawn_at")[:50]
    return [
        TombstoneCard(
            referral_id=row.referral_id,
            reference=row.reference,
            sender_name=row.sender_name,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    ]


def _received(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.filter(recipient_id=actor.organization, withdrawn_at__isnull=True).exclude(
        status__in=["draft", "entered-in-error"]
    )


def _tab(rows: QuerySet[Referral], tab: str) -> QuerySet[Referral]:
    closing = Q(reports__fact__in=[Fact.RECEIVED, Fact.PARTLY, Fact.NOT_RECEIVED])
    over = Q(status__in=["cancelled", "entered-in-error"]) | closing
    if tab == "draft":
        return rows.filter(status="draft")
    if tab == "all":
        return rows.exclude(status="entered-in-error")
    if tab in CLOSED_TABS:
        return rows.filter(pk__in=rows.filter(over).values("pk")).exclude(status="entered-in-error")
    still = rows.exclude(status="draft").exclude(pk__in=rows.filter(over).values("pk"))
    if tab == "due":
        return still.filter(check_back_on__lte=today())
    if tab == "waiting":
        return still.filter(status="requested")
    return still


def _narrow(actor: Actor, rows: QuerySet[Referral], chosen: Filter) -> QuerySet[Referral]:
    if (chosen.category or chosen.words.strip()) and not sees_sensitive(actor.role):
        rows = rows.filter(sensitivities=[])  # being found by a word would tell
    if chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.status:
        rows = rows.filter(status=chosen.status)
    if chosen.words.strip():
        words = chosen.words.strip()[:100]
        rows = rows.filter(
            Q(reference__icontains=words)
            | Q(service_name__icontains=words)
            | Q(service_organization__icontains=words)
        )
    return rows


def _page(actor: Actor, rows: QuerySet[Referral], page: int) -> tuple[list[ReferralRow], int]:
    start = (max(page, 1) - 1) * PAGE
    ordered = with_reports(rows.order_by("-sent_at", "-created_at", "id"))
    return shaped(actor, ordered[start : start + PAGE]), rows.count()
