"""Reports of faults: anybody may send one, staff answer, the reporter reads what came of it."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from waypost.directory.choices import FaultKind, FaultOutcome
from waypost.directory.due import make_due
from waypost.directory.models import Fault, Service
from waypost.directory.services.facts import may_change
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import reference
from waypost.kernel.senders import sender_of
from waypost.network.roles import Action, may

A_DAY = timedelta(days=1)
MOST_A_SENDER = 5  # in a day
MOST_A_LISTING = 10  # open, and in a day
LONGEST_WORDS = 1000
REMEMBERED = timedelta(days=30)  # how long a sender can be told from another
TO_DOUBT = 2


def report_fault(*, service_id: UUID, kind: str, words: str, address: str) -> tuple[str, str]:
    """A report by anybody; its reference, and the key to its page, which stands nowhere else.

    ``address`` is the network address, kept for 30 days as a keyed hash: so one sender counts once.
    Two different senders of open reports that a service has closed put it in doubt.
    """
    if kind not in FaultKind.values:
        raise Refused(_("Choose what is wrong."), field="kind")
    text = words.replace("\x00", "").strip()
    if kind == FaultKind.OTHER and not text:
        raise Refused(_("Say in a few words what is wrong."), field="words")
    if len(text) > LONGEST_WORDS:
        raise Refused(_("That is too long: 1,000 letters at most."), field="words")
    _listed(service_id)
    sender = sender_hash(address)
    _not_too_many(service_id, kind, sender)
    row, key = _write(service_id, kind, text, sender=sender)
    _doubt(service_id)
    make_due([service_id])
    return row.reference, key


def sender_hash(address: str) -> str:
    """A keyed hash of a network address: tells two senders apart, and names nobody."""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"fault:{sender_of(address)}".encode(), hashlib.sha256
    ).hexdigest()


def key_hash(key: str) -> str:
    """What is kept of the key that opens a reporter's page."""
    return hashlib.sha256(key.encode()).hexdigest()


def file_fault(*, actor: Actor, service_id: UUID, kind: str, words: str) -> None:
    """A report by a worker of the network, to whoever looks after the listing."""
    _listed(service_id)
    _write(service_id, kind, words.strip()[:LONGEST_WORDS], said_by=actor.user_id)
    make_due([service_id])


def answer_fault(*, actor: Actor, fault_id: UUID, outcome: str, words: str) -> None:
    """Say what came of a report; whoever may change the listing answers."""
    row = Fault.objects.select_for_update().filter(pk=fault_id).first()
    if row is None:
        raise NotVisible
    service = Service.objects.select_related("organization").get(pk=row.service_id)
    allowed = may(actor.role, Action.CHECK_LISTING) or may(actor.role, Action.EDIT_LISTING)
    if not allowed or not may_change(actor=actor, claimed_by=service.organization.claimed_by_id):
        raise NotVisible
    if row.answered_at is not None:
        raise Refused(_("Somebody has answered this report already."))
    if outcome not in FaultOutcome.values:
        raise Refused(_("Say what came of it."), field="outcome")
    if len(words) > LONGEST_WORDS:
        raise Refused(_("That is too long: 1,000 letters at most."), field="answer")
    _answer(row, actor, outcome, words.strip())
    _settle(row.service_id)


def answer_open(*, actor: Actor, service_id: UUID, kind: str, outcome: str) -> None:
    """Answer all open reports of one kind at once, because somebody has just made sure."""
    rows = Fault.objects.select_for_update().filter(
        service_id=service_id, kind=kind, answered_at__isnull=True
    )
    for row in rows:
        _answer(row, actor, outcome, "")
    _settle(service_id)


def forget_senders() -> int:
    """Forget after 30 days from where reports came; how many."""
    return Fault.objects.filter(reported_at__lt=now() - REMEMBERED).exclude(sender="").update(sender="")


def _listed(service_id: UUID) -> None:
    if not Service.objects.filter(pk=service_id, hidden_why="", organization__hidden_why="").exists():
        raise NotVisible


def _not_too_many(service_id: UUID, kind: str, sender: str) -> None:
    """Counted under a lock, so that many at once are no way around it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [sender])
    lately = Fault.objects.filter(reported_at__gt=now() - A_DAY)
    if lately.filter(sender=sender, service_id=service_id, kind=kind, answered_at__isnull=True).exists():
        raise Refused(_("This was reported from here already, and we are looking into it."))
    if lately.filter(sender=sender).count() >= MOST_A_SENDER:
        raise Refused(_("Several reports came from here today. Please try again tomorrow."))
    if lately.filter(service_id=service_id, answered_at__isnull=True).count() >= MOST_A_LISTING:
        raise Refused(_("Several people have reported this listing today; we are looking into it."))


def _write(
    service_id: UUID, kind: str, words: str, *, sender: str = "", said_by: UUID | None = None
) -> tuple[Fault, str]:
    key = secrets.token_urlsafe(24)
    row = Fault.objects.create(
        reference=reference("F", today()),
        service_id=service_id,
        kind=kind,
        words=words,
        sender=sender,
        key=key_hash(key),
        said_by_id=said_by,
        reported_at=now(),
    )
    return row, key


def _answer(row: Fault, actor: Actor, outcome: str, words: str) -> None:
    row.answered_at, row.outcome, row.answer, row.answered_by_id = now(), outcome, words, actor.user_id
    row.save(update_fields=["answered_at", "outcome", "answer", "answered_by"])
    audit.record(
        "directory.answer_fault",
        actor=actor,
        subject_type="listing",
        subject_ids=[row.service_id],
        kind=row.kind,
        outcome=outcome,
    )


def _closed_by(service_id: UUID) -> int:
    """How many different senders say in open reports that it has closed, since a human last made sure."""
    confirmed = Service.objects.values_list("confirmed_on", flat=True).get(pk=service_id)
    rows = Fault.objects.filter(service_id=service_id, kind=FaultKind.CLOSED, answered_at__isnull=True)
    if confirmed is not None:
        rows = rows.filter(reported_at__date__gte=confirmed)
    named = {sender or str(worker or "") for sender, worker in rows.values_list("sender", "said_by")}
    return len(named)


def _doubt(service_id: UUID) -> None:
    if _closed_by(service_id) >= TO_DOUBT:
        Service.objects.filter(pk=service_id, doubted_at__isnull=True).update(doubted_at=now())


def _settle(service_id: UUID) -> None:
    if _closed_by(service_id) < TO_DOUBT:
        Service.objects.filter(pk=service_id, doubted_at__isnull=False).update(doubted_at=None)
    make_due([service_id])
