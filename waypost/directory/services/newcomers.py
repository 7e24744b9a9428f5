"""Asking for a listing without an account: proved by e-mail or a call, answered by the staff."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.directory.choices import NewcomerStatus
from waypost.directory.claim_links import read_newcomer_link
from waypost.directory.models import (
    ClaimWay,
    Newcomer,
    NewcomerPerson,
    Organization,
)
from waypost.directory.rules.proof import proves
from waypost.directory.selectors.proof import proof_offered
from waypost.directory.services.faults import sender_hash
from waypost.directory.services.upkeep import claim_listing
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.events import emit
from waypost.kernel.ids import reference
from waypost.network.roles import Action, Role, may
from waypost.network.selectors import organizations
from waypost.network.services import invite

A_DAY = timedelta(days=1)
REMEMBERED = timedelta(days=30)
KEPT = timedelta(days=366)
MOST_A_SENDER = 3  # in a day
MOST_A_LISTING = 5  # in a day
OPEN = (NewcomerStatus.ASKED, NewcomerStatus.PROVED)


@dataclass(frozen=True, slots=True)
class NewcomerEntry:
    """Who asks, how to reach them, and how they want to prove it."""

    name: str
    way: str
    role: str = ""
    email: str = ""
    phone: str = ""
    words: str = ""


def ask_as_newcomer(*, organization_id: UUID, entry: NewcomerEntry, address: str) -> str:
    """Anybody may ask; its reference. ``address`` is the network address, kept 30 days as a keyed hash."""
    listed = Organization.objects.filter(
        pk=organization_id, hidden_why="", claimed_by=None, is_victim_service=False
    ).first()
    if listed is None:
        raise NotVisible
    staff = organizations(kind="integrator")
    if not staff:
        raise Refused(_("Nobody here can answer. Write to the address below."))
    _check(entry, organization_id)
    sender = sender_hash(address)
    _not_too_many(organization_id, sender)
    row = Newcomer(
        reference=reference("N", today()),
        organization=listed,
        way=entry.way,
        sender=sender,
        link_key=secrets.token_hex(16) if entry.way == ClaimWay.EMAIL else "",
    )
    Newcomer.objects.bulk_create([row])
    person = NewcomerPerson(
        newcomer=row,
        held_by_id=staff[0].id,
        name=_tidy(entry.name),
        role=_tidy(entry.role),
        email=entry.email.strip().lower(),
        phone=_tidy(entry.phone),
        words=_tidy(entry.words),
        language=get_language() or "en",
    )
    NewcomerPerson.objects.bulk_create([person])
    if entry.way == ClaimWay.EMAIL:
        emit("newcomer.link_asked", actor=SYSTEM, newcomer_id=row.id)
    else:
        _tell_staff(row)
    return row.reference


def prove_newcomer(*, token: str) -> str:
    """The link was opened from the organization's own mailbox, and the button pressed. Good once."""
    link = read_newcomer_link(token)
    row = Newcomer.objects.select_for_update().filter(pk=link.claim_id).first()
    waiting = row is not None and row.status == NewcomerStatus.ASKED and row.link_key
    if row is None or not waiting or not constant_time_compare(row.link_key, link.key):
        raise Refused(_("This link was used, or the request was answered."))
    row.status, row.proved_at, row.link_key = NewcomerStatus.PROVED, now(), ""
    row.save(update_fields=["status", "proved_at", "link_key"])
    _tell_staff(row)
    return row.reference


def record_newcomer_call(*, actor: Actor, newcomer_id: UUID) -> None:
    """A worker rang the listed number, and whoever answered said that this person speaks for them."""
    row = _open(actor, newcomer_id)
    if row.way != ClaimWay.PHONE or row.status != NewcomerStatus.ASKED:
        raise Refused(_("This request does not wait for a call."))
    if not proof_offered(row.organization_id, None).phone:
        raise Refused(_("No number is listed on which we could call."))
    row.status, row.proved_at = NewcomerStatus.PROVED, now()
    row.save(update_fields=["status", "proved_at"])
    _record(actor, row, "newcomer_call")


@dataclass(frozen=True, slots=True)
class NewcomerAnswer:
    """What the staff say; to let somebody in, as which organization of the network, invited where."""

    let_in: bool
    words: str
    participant_id: UUID | None = None
    email: str = ""


def answer_newcomer(*, actor: Actor, newcomer_id: UUID, answer: NewcomerAnswer) -> None:
    """Let them in: their organization keeps the listing and they are invited to it; or say why not.

    They read the words by e-mail, where they gave one. Whoever wanted to prove it by e-mail or phone and has
    not is not let in.
    """
    row = _open(actor, newcomer_id)
    if not _tidy(answer.words):
        raise Refused(_("Say in a few words what happens next, or why not: they read it."), field="words")
    if answer.let_in:
        _let_in(actor, row, answer)
    row.status = NewcomerStatus.INVITED if answer.let_in else NewcomerStatus.REFUSED
    row.decided_at, row.decided_by, row.link_key = now(), actor.name, ""
    row.save(update_fields=["status", "decided_at", "decided_by", "link_key"])
    NewcomerPerson.objects.filter(pk=row.pk).update(answer=_tidy(answer.words))
    _record(actor, row, "newcomer_let_in" if answer.let_in else "newcomer_refused")
    emit("newcomer.answered", actor=actor, newcomer_id=row.id)


def _let_in(actor: Actor, row: Newcomer, answer: NewcomerAnswer) -> None:
    if row.way != ClaimWay.REVIEW and row.status != NewcomerStatus.PROVED:
        raise Refused(_("This is not proved yet. Call the listed number, or wait for the e-mail."))
    if answer.participant_id is None:
        raise Refused(_("Choose which organization of the network this is."), field="participant")
    if not answer.email.strip():
        raise Refused(_("Write the address to which the invitation goes."), field="email")
    claim_listing(actor=actor, organization_id=row.organization_id, participant_id=answer.participant_id)
    invite(
        actor=actor,
        organization_id=answer.participant_id,
        email=answer.email,
        role=Role.SUPERVISOR,
    )


def forget_newcomers() -> int:
    """Forget senders after 30 days, people a year after they were answered, or asked and never proved."""
    Newcomer.objects.filter(asked_at__lt=now() - REMEMBERED).exclude(sender="").update(sender="")
    old = NewcomerPerson.objects.filter(newcomer__asked_at__lt=now() - KEPT)
    number, _kinds = old.delete()
    return number


def _check(entry: NewcomerEntry, organization_id: UUID) -> None:
    if not _tidy(entry.name):
        raise Refused(_("Write your name."), field="name")
    if not entry.email.strip() and not _tidy(entry.phone):
        raise Refused(_("Give an e-mail address or a phone number, so that we can answer."), field="email")
    if entry.way not in ClaimWay.values:
        raise Refused(_("Choose how we can be sure."), field="way")
    offered = proof_offered(organization_id, None)
    if entry.way == ClaimWay.EMAIL and not proves(entry.email, offered.domains):
        raise Refused(
            _("This address does not belong to the organization. It has to end in: %(domains)s.")
            % {"domains": ", ".join(f"@{each}" for each in offered.domains)}
            if offered.domains
            else _("The listing names no e-mail or website of its own, so a link proves nothing."),
            field="email",
        )
    if entry.way == ClaimWay.PHONE and not offered.phone:
        raise Refused(_("No number is listed on which we could call."), field="way")
    if entry.way == ClaimWay.REVIEW and not _tidy(entry.words):
        raise Refused(_("Say why the listing is yours."), field="words")


def _not_too_many(organization_id: UUID, sender: str) -> None:
    lately = Newcomer.objects.filter(asked_at__gt=now() - A_DAY)
    if lately.filter(sender=sender).count() >= MOST_A_SENDER:
        raise Refused(_("You have asked several times today. Try again tomorrow, or write to us."))
    if lately.filter(organization_id=organization_id).count() >= MOST_A_LISTING:
        raise Refused(_("Several people asked for this listing today. Try again tomorrow, or write to us."))


def _open(actor: Actor, newcomer_id: UUID) -> Newcomer:
    if not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the network's staff can do this."))
    row = Newcomer.objects.select_for_update().filter(pk=newcomer_id).first()
    if row is None or not NewcomerPerson.objects.filter(pk=newcomer_id).exists():
        raise NotVisible
    if row.status not in OPEN:
        raise Refused(_("Somebody has answered this already."))
    return row


def _tell_staff(row: Newcomer) -> None:
    for each in organizations(kind="integrator")[:1]:
        emit(
            "newcomer.waiting",
            actor=SYSTEM,
            to_organization=each.id,
            subject_id=row.id,
            reference=row.reference,
            url=f"/upkeep/claims/people/{row.id}/",
        )


def _tidy(words: str) -> str:
    return words.replace("\x00", "").strip()


def _record(actor: Actor, row: Newcomer, action: str) -> None:
    audit.record(f"directory.{action}", actor=actor, subject_type="newcomer", subject_ids=[row.id])
