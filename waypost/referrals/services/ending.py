"""When an agreement ends: nothing new flows; referrals may be recalled."""

from itertools import permutations
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from waypost.consent.cards import ConsentCard
from waypost.consent.selectors import consent
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.kernel.events import Announcement
from waypost.kernel.transaction import acting
from waypost.kernel.turns import take_turn
from waypost.network.selectors import agreement, agreements_between, organization
from waypost.referrals.choices import Reason
from waypost.referrals.machine import DRAFT, FINAL
from waypost.referrals.models import Referral
from waypost.referrals.services import rows

# As in disclosure.rules: an MOU opens no record, a substance use program's one service organization's alone.
SHARES, PROGRAMS = frozenset({"data_sharing", "baa"}), frozenset({"qsoa"})
PURPOSE = "care_coordination"
AGREEMENTS = "agreements"  # whose turn it is: sharing it reads them, taking it ends them


def end_with_consent(event: Announcement) -> None:
    """A consent was taken back: every referral that stood on it stops telling; on request it is recalled."""
    consent_id = UUID(event.ids["consent_id"])
    recall_too = event.ids.get("recall") == "yes"
    standing = (
        Referral.objects.select_for_update(of=("self",))
        .filter(held_by_id=event.actor.organization, consent_id=consent_id, sharing_ended_at__isnull=True)
        .exclude(status=DRAFT)
        .order_by("id")
    )
    for row in standing:
        row.sharing_ended_at = now()
        row.save()
        if recall_too:
            recall(actor=event.actor, referral_id=row.id)
        else:
            rows.announce("referral.sharing_ended", event.actor, row, None)


def end_with_refusal(event: Announcement) -> None:
    """The person would rather not share, or wants somebody kept out: what that concerns stops at once.

    A refusal of answers alone ends the answers; one for other purposes leaves referrals as they are.
    """
    refusal = consent(event.actor, UUID(event.ids["consent_id"]))
    if refusal.worker_ids or (refusal.purposes and PURPOSE not in refusal.purposes):
        return
    sent = (
        Referral.objects.select_for_update(of=("self",))
        .filter(held_by_id=event.actor.organization, person_id=refusal.person_id, recipient__isnull=False)
        .filter(sharing_ended_at__isnull=True, withdrawn_at__isnull=True)
        .exclude(status=DRAFT)
        .order_by("id")
    )
    for row in sent:
        if not _concerns(refusal, row):
            continue
        if refusal.only_back:
            row.reply_ended_at = now()
            row.save()
            rows.announce("referral.answers_ended", event.actor, row, None)
            continue
        row.sharing_ended_at = now()
        row.save()
        with connection.cursor() as cursor:
            cursor.execute("SELECT disclosure_end_access('referral', %s)", [row.id])
        if event.ids.get("recall") == "yes":
            recall(actor=event.actor, referral_id=row.id)
        else:
            rows.announce("referral.sharing_ended", event.actor, row, None)


def _concerns(refusal: ConsentCard, row: Referral) -> bool:
    about_it = not refusal.topics or bool(refusal.topics & set(row.topics))
    to_them = not refusal.recipient_ids or row.recipient_id in refusal.recipient_ids
    return about_it and to_them


def end_what_ran_out() -> int:
    """Keep on the referral that its basis ran out, and tell both sides; how many. For the worker.

    Nothing waits for this: from that moment on every read and write looks at ``sharing_until`` itself.
    """
    over = (
        Referral.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(sharing_until__lte=now(), sharing_ended_at__isnull=True, withdrawn_at__isnull=True)
        .exclude(status__in=[DRAFT, *FINAL])
        .order_by("id")
    )
    ended = list(over)
    for row in ended:
        row.sharing_ended_at = row.sharing_until
        row.save(update_fields=["sharing_ended_at"])
        rows.announce("referral.sharing_ended", SYSTEM, row, None)
    return len(ended)


def end_with_agreement(event: Announcement) -> None:
    """Organizations ended an agreement: what stood on it alone ends before the commit.

    What is being sent at this moment is waited for, and ends too; what is sent after finds no agreement.
    """
    parties = sorted(agreement(UUID(event.ids["agreement_id"])).party_ids)
    for holder in parties:
        take_turn(AGREEMENTS, holder)
    for holder, recipient in permutations(parties, 2):
        with acting(_for(holder)):
            _end_between(holder, recipient)


def end_where_no_agreement_stands() -> int:
    """End what stands on an agreement between organizations that holds no more; how many. For the worker.

    The end of an agreement does this at once; here what slipped by is caught: dates that a command changed.
    An agreement that ends with its last day is kept in ``sharing_until`` and needs nobody. A person's own
    agreement, given meanwhile, opens a new referral; this one stood on the organizations' alone.
    """
    pairs = _standing().order_by().values_list("held_by_id", "recipient_id").distinct()
    ended = 0
    for holder, recipient in list(pairs):
        if recipient is not None:
            with acting(_for(holder)):
                ended += _end_between(holder, recipient, skip_locked=True)
    return ended


def _standing() -> QuerySet[Referral]:
    """What was sent on an agreement and still tells: a closed one too, whose record stays open."""
    return (
        Referral.objects.filter(basis="agreement", recipient__isnull=False)
        .filter(sharing_ended_at__isnull=True, withdrawn_at__isnull=True)
        .exclude(status=DRAFT)
        .order_by("id")
    )


def _end_between(holder: UUID, recipient: UUID, *, skip_locked: bool = False) -> int:
    """End what one told the other on agreements that hold no more; of open ones both sides hear."""
    opens = PROGRAMS if organization(holder).legal_status == "part2_program" else SHARES
    found = agreements_between(holder, recipient, on=today())
    if any(each.kind in opens and PURPOSE in each.purposes for each in found):
        return 0
    told = _standing().filter(held_by_id=holder, recipient_id=recipient)
    ended = list(told.select_for_update(of=("self",), skip_locked=skip_locked))
    for row in ended:
        row.sharing_ended_at = now()
        row.save(update_fields=["sharing_ended_at"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT disclosure_end_access('referral', %s)", [row.id])
        if row.status not in FINAL:
            rows.announce("referral.sharing_ended", SYSTEM, row, None)
    return len(ended)


def _for(holder: UUID) -> Actor:
    return Actor(None, "Waypost", holder, "", "system")


def recall(*, actor: Actor, referral_id: UUID) -> None:
    """Withdraw a sent referral: the former recipient keeps a tombstone (reference, date, "withdrawn")."""
    row = rows.locked(actor, referral_id)
    if row.held_by_id != actor.organization or row.withdrawn_at is not None:
        return
    if row.status not in FINAL:
        rows.advance(actor, row, "cancel", reason=Reason.AGREEMENT_ENDED, hold_seconds=0)
    withdraw(actor, row)


def withdraw(actor: Actor, row: Referral) -> None:
    """Close the referral to its recipient, leave the tombstone, and tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals_withdraw(%s, %s)", [row.id, now()])
    rows.announce("referral.withdrawn", actor, row, None)
