"""Holds, and the destroying of records whose time is over: one person asks, another confirms."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.guarding import machine
from waypost.guarding.models import Demand, Disposal, Hold
from waypost.guarding.record.tables import TABLES
from waypost.guarding.rules.retention import record_rule
from waypost.guarding.selectors.mentions import Mention, mentions
from waypost.guarding.selectors.retention import people_due, why_kept
from waypost.kernel import audit, lifecycle
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import reference
from waypost.kernel.machine import IllegalMove
from waypost.network.selectors import organizations
from waypost.people.selectors import names


def place_hold(*, actor: Actor, person_id: UUID, reason: str, demand_id: UUID | None = None) -> UUID:
    """Nothing of this own person's record goes until somebody lifts it; ``demand_id``: what is behind it."""
    if person_id not in names(actor, [person_id]):
        raise NotVisible
    if demand_id and not Demand.objects.filter(pk=demand_id, held_by_id=actor.organization).exists():
        raise NotVisible
    row = Hold(
        held_by_id=actor.organization,
        person_id=person_id,
        demand_id=demand_id,
        reason=_words(reason, "reason"),
        placed_by_name=actor.name,
        placed_at=now(),
    )
    row.save(force_insert=True)
    audit.record("hold.place", actor=actor, subject_type="person", subject_ids=[person_id], hold=row.id)
    return row.id


def lift_hold(*, actor: Actor, hold_id: UUID, words: str) -> UUID:
    """It keeps nothing any more; gives the person back."""
    row = Hold.objects.filter(pk=hold_id, held_by_id=actor.organization, lifted_at__isnull=True).first()
    if row is None:
        raise NotVisible
    row.lifted_at, row.lifted_by_name, row.lifted_words = now(), actor.name, _words(words)
    row.save(update_fields=["lifted_at", "lifted_by_name", "lifted_words"])
    audit.record("hold.lift", actor=actor, subject_type="person", subject_ids=[row.person_id], hold=row.id)
    return row.person_id


def list_due() -> int:
    """Write down whose records are due, and let go of what is not due any more. For the system's role."""
    due = {each.person_id: each for each in people_due()}
    for row in Disposal.objects.filter(status__in=[machine.DUE, machine.ASKED]):
        if due.pop(row.person_id, None) is None:
            lifecycle.apply(machine.DISPOSAL, row, "lapse", side=machine.CLOCKWORK, given={})
            row.save(update_fields=["status", "status_before"])
    Disposal.objects.bulk_create(
        Disposal(
            reference=reference("V", today()),
            held_by_id=each.holder_id,
            person_id=each.person_id,
            last_contact_on=each.last_contact_on,
            due_on=each.due_on,
            found_at=now(),
        )
        for each in due.values()
    )
    audit.record("retention.list", actor=SYSTEM, found=len(due))
    return len(due)


def ask_disposal(*, actor: Actor, disposal_id: UUID, words: str) -> None:
    """One person asks, with why."""
    row = _open(actor, disposal_id)
    _move(row, "ask", {"words": words.strip()})
    row.asked_by, row.asked_by_name, row.asked_at, row.words = actor.user_id, actor.name, now(), words.strip()
    row.save(update_fields=["status", "status_before", "asked_by", "asked_by_name", "asked_at", "words"])
    _note(actor, row, "ask")


def send_back_disposal(*, actor: Actor, disposal_id: UUID, words: str) -> None:
    """Not now: it waits again, with the words of whoever looked."""
    row = _open(actor, disposal_id)
    _move(row, "send_back", {"words": words.strip()})
    row.asked_by, row.asked_by_name, row.asked_at, row.words = None, "", None, words.strip()
    row.save(update_fields=["status", "status_before", "asked_by", "asked_by_name", "asked_at", "words"])
    _note(actor, row, "send_back")


def confirm_disposal(*, actor: Actor, disposal_id: UUID, redact: Collection[str] = ()) -> dict[str, int]:
    """Another person confirms, and everything of the person goes in this transaction; rows by table.

    ``redact``: keys of texts about no record (``selectors.mentions``) out of which the name is taken. Refused
    while an incident or a legal demand is open that names the person: that would be destroying evidence.

    Walks the list of tables that a person's copy is made from, so that what one is given is what goes. What
    ``stays`` there, stays: accounting, audit and this row. The database checks it all once more.
    """
    row = _open(actor, disposal_id)
    if row.asked_by == actor.user_id:
        raise Refused(_("You asked for it. Somebody else has to confirm it."))
    named = mentions(actor, row.person_id)
    standing = [each.reference for each in named if each.still_open and each.whole]
    if standing:
        words = _("%(reference)s is still open and names this person. Close it first, or hold the record.")
        raise Refused(words % {"reference": standing[0]})
    _move(row, "confirm", {})
    row.confirmed_by, row.confirmed_by_name, row.confirmed_at = actor.user_id, actor.name, now()
    row.save(update_fields=["status", "status_before", "confirmed_by", "confirmed_by_name", "confirmed_at"])
    chosen = [each for each in named if each.key in redact]
    for each in chosen:
        _redact(row.id, each)
    counts = {table: _destroy(row.id, table) for table in _order()}
    row.counts = counts
    Disposal.objects.filter(pk=row.pk).update(counts=counts)
    _note(actor, row, "done", redacted=len(chosen), left_in_words=len(named) - len(chosen))
    return counts


def forget_received() -> int:
    """What reached an organization and was never taken into its records: it sees it no more after its time.

    By the rule of that organization (``data/retention.json``), counted from the last move, for a minor from
    majority; when the sender's record is gone too, the referral goes. For the system's role.
    """
    gone = 0
    for holder in organizations():
        rule = record_rule(holder.legal_status, today())
        if rule is not None:
            with connection.cursor() as cursor:
                before = now() - rule.years * timedelta(days=366)
                cursor.execute("SELECT guarding_forget_received(%s, %s)", [holder.id, before])
                gone += int(cursor.fetchone()[0])
    audit.record("retention.received", actor=SYSTEM, referrals=gone)
    return gone


def _order() -> list[str]:
    """Referrals after their history, the person last."""
    last = ("referrals_referral", "people_person")
    going = [each.name for each in TABLES if not each.stays]
    return [each for each in going if each not in last] + list(last)


def _destroy(disposal_id: UUID, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT guarding_destroy(%s, %s)", [disposal_id, table])
        return int(cursor.fetchone()[0])


def _redact(disposal_id: UUID, where: Mention) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT guarding_redact(%s, %s, %s)", [disposal_id, where.table, where.row])


def _open(actor: Actor, disposal_id: UUID) -> Disposal:
    try:
        row = lifecycle.locked(Disposal, disposal_id)
    except Disposal.DoesNotExist as missing:
        raise NotVisible from missing
    if row.held_by_id != actor.organization or row.person_id not in names(actor, [row.person_id]):
        raise NotVisible
    if why_kept(actor, row.person_id):
        raise Refused(_("Something keeps this record now. It stays."))
    return row


def _move(row: Disposal, name: str, given: dict[str, str]) -> None:
    try:
        lifecycle.apply(machine.DISPOSAL, row, name, side=machine.OFFICER, given=given)
    except IllegalMove as illegal:
        raise Refused(_("This cannot be done now, or words are missing. Open the page again.")) from illegal


def _words(words: str, field: str = "words") -> str:
    if not words.strip():
        raise Refused(_("Please write a few words."), field=field)
    return words.strip()


def _note(actor: Actor, row: Disposal, name: str, **detail: int) -> None:
    audit.record(
        f"disposal.{name}",
        actor=actor,
        subject_type="person",
        subject_ids=[row.person_id],
        disposal=row.id,
        **detail,
    )
