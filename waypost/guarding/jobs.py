"""Background work: the nightly look at the audit, and the one that somebody asked for."""

import contextlib
from uuid import UUID

from django.core.management import call_command
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from waypost.guarding.rules.retention import kept_for
from waypost.guarding.services.copies import forget_files
from waypost.guarding.services.retention import forget_received, list_due
from waypost.kernel import audit, chain, events
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.network.selectors import organizations

# In these cron lines the sixth field is the second.


@app.periodic(cron="20 2 * * * 0")
@app.task(name="guarding.verify_every_night", queueing_lock="guarding.verify", pass_context=False)
def verify_every_night(timestamp: int) -> None:
    """Seal what waits, walk the chain, write its head down outside, by mail too."""
    card = verify_audit_now("")
    chain.mail_anchor(card, chain.last_head())


@app.periodic(cron="50 3 * * * 0")
@app.task(name="guarding.sweep", queueing_lock="guarding.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every night: what has had its time goes, by the rules of ``data/retention.json``; says how much."""
    files = forget_files(older_than=now() - kept_for("record_copy_file", today()))
    call_command("clearsessions")
    audit.record("retention.sweep", actor=SYSTEM, files=files)
    forget_received()


@app.periodic(cron="10 4 * * * 0")
@app.task(name="guarding.list_due", queueing_lock="guarding.list_due", pass_context=False)
def list_due_every_night(timestamp: int) -> None:
    """Every night: whose records' time is over, for two people to look at; nothing is destroyed here."""
    list_due()


@app.task(name="guarding.verify_audit", queueing_lock="guarding.verify_asked", lock="guarding.verify")
def verify_audit(asked_by: str) -> None:
    """The same on demand."""
    verify_audit_now(asked_by)


def ask_for_check(*, actor: Actor) -> None:
    """Let the worker walk the chain now; asking again while one waits changes nothing."""
    audit.record("audit.verify", actor=actor)
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        verify_audit.defer(asked_by=actor.name)


def verify_audit_now(asked_by: str) -> chain.CheckCard:
    """Check the chain, and tell the network's staff where it does not hold."""
    card = chain.check(asked_by=asked_by)
    if not card.holds:
        for each in organizations(kind="integrator"):
            _tell(each.id)
    return card


def _tell(organization_id: UUID) -> None:
    events.emit(
        "audit.broken",
        actor=SYSTEM,
        to_organization=organization_id,
        subject_id=organization_id,
        reference="",
        url="/privacy/audit/",
    )
