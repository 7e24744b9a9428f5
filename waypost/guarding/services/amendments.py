"""Requests to correct a record: taken in, accepted or denied, and the person's own words beside a denial."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.guarding import machine
from waypost.guarding.models import Amendment, DenialReason
from waypost.guarding.rules.clocks import AMENDMENT
from waypost.guarding.services.rows import move, own
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import reference
from waypost.people.selectors import names


def take_in_amendment(*, actor: Actor, person_id: UUID, what: str, why: str, asked_on: date) -> UUID:
    """A person says that something in an own record is wrong; sixty days run from the day of asking."""
    if person_id not in names(actor, [person_id]):
        raise NotVisible
    if not what.strip():
        raise Refused(_("Say what is wrong."), field="what")
    if asked_on > today():
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), field="asked_on")
    row = Amendment(
        reference=reference("B", today()),
        held_by_id=actor.organization,
        person_id=person_id,
        what=what.strip(),
        why=why.strip(),
        asked_on=asked_on,
        due_on=AMENDMENT.due(asked_on),
        taken_by_name=actor.name,
        taken_at=now(),
    )
    row.save(force_insert=True)
    _note(actor, row, "take_in")
    return row.id


def extend_amendment(*, actor: Actor, amendment_id: UUID, words: str) -> None:
    """Thirty more days, once, with the reason that the person is told."""
    row = own(actor, Amendment, amendment_id)
    if row.status != machine.ASKED or row.extended_on is not None or today() > row.due_on:
        raise Refused(_("The time can be extended once, before it is over, while it is not answered."))
    row.extended_on, row.extension_words = today(), _words(words)
    row.due_on = AMENDMENT.due(row.asked_on, extended=True)
    row.save()
    _note(actor, row, "extend")


def accept(*, actor: Actor, amendment_id: UUID, words: str, told: str) -> None:
    """The record is corrected; ``told``: who is told that it was, 45 CFR 164.526(c)(3)."""
    row = own(actor, Amendment, amendment_id)
    row.answer_words, row.told = _words(words), told.strip()
    if not row.told:
        raise Refused(_("Say who is told, or that nobody has to be."), field="told")
    _answer(actor, row, "accept", {"words": words})


def deny(*, actor: Actor, amendment_id: UUID, reason: str, words: str) -> None:
    """It stays as it is, for one of the law's reasons, and the person may disagree in writing."""
    if reason not in DenialReason.values:
        raise Refused(_("Choose why it is denied."), field="reason")
    row = own(actor, Amendment, amendment_id)
    row.denial_reason, row.answer_words = reason, _words(words)
    _answer(actor, row, "deny", {"words": words, "reason": reason})


def disagree(*, actor: Actor, amendment_id: UUID, words: str) -> None:
    """The person's own words; they stand with the record from now on."""
    row = own(actor, Amendment, amendment_id)
    row.disagreement, row.disagreed_on = _words(words), today()
    move(machine.AMENDMENT, row, "disagree", side=machine.OFFICER, given={"words": words})
    row.save()
    _note(actor, row, "disagree")


def rebut(*, actor: Actor, amendment_id: UUID, words: str) -> None:
    """What the organization says to that, beside it."""
    row = own(actor, Amendment, amendment_id)
    row.rebuttal = _words(words)
    move(machine.AMENDMENT, row, "rebut", side=machine.OFFICER, given={"words": words})
    row.save()
    _note(actor, row, "rebut")


def _words(words: str) -> str:
    if not words.strip():
        raise Refused(_("Please write a few words."), field="words")
    return words.strip()


def _answer(actor: Actor, row: Amendment, name: str, given: dict[str, str]) -> None:
    move(machine.AMENDMENT, row, name, side=machine.OFFICER, given=given)
    row.answered_at, row.answered_by_name = now(), actor.name
    row.save()
    _note(actor, row, name)


def _note(actor: Actor, row: Amendment, name: str) -> None:
    audit.record(
        f"amendment.{name}",
        actor=actor,
        subject_type="person",
        subject_ids=[row.person_id],
        amendment=row.id,
    )
