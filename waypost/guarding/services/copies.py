"""A copy of the whole record: taken in, extended once, made, handed over."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.guarding import machine
from waypost.guarding.models import Copy, CopyFile
from waypost.guarding.rules.clocks import ACCESS
from waypost.guarding.services.rows import move, own
from waypost.kernel import audit, lifecycle
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import reference
from waypost.kernel.sealing import seal, unseal
from waypost.people.selectors import names


def take_in_copy(
    *,
    actor: Actor,
    person_id: UUID,
    asked_on: date,
    asked_by: str,
    for_representative: bool = False,
    language: str = "en",
) -> UUID:
    """Somebody asks for a copy of an own person's record; the thirty days run from the day of asking."""
    if person_id not in names(actor, [person_id]):
        raise NotVisible
    if asked_on > today():
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), field="asked_on")
    if for_representative and not asked_by.strip():
        raise Refused(_("Say who asks for the person."), field="asked_by")
    row = Copy(
        reference=reference("C", today()),
        held_by_id=actor.organization,
        person_id=person_id,
        asked_on=asked_on,
        asked_by=asked_by.strip(),
        for_representative=for_representative,
        language=language,
        due_on=ACCESS.due(asked_on),
        taken_by=actor.user_id,
        taken_by_name=actor.name,
        taken_at=now(),
    )
    row.save(force_insert=True)
    audit.record("copy.take_in", actor=actor, subject_type="person", subject_ids=[person_id], copy=row.id)
    return row.id


def extend_copy(*, actor: Actor, copy_id: UUID, words: str) -> None:
    """Thirty more days, once, with the reason that the person is told in writing."""
    row = own(actor, Copy, copy_id)
    if row.status != machine.ASKED or row.extended_on is not None or today() > row.due_on:
        raise Refused(_("The time can be extended once, before it is over, while the copy is not made."))
    if not words.strip():
        raise Refused(_("Say why more time is needed. The person is told."), field="words")
    row.extended_on, row.extension_words = today(), words.strip()
    row.due_on = ACCESS.due(row.asked_on, extended=True)
    row.save(update_fields=["extended_on", "extension_words", "due_on"])
    audit.record("copy.extend", actor=actor, subject_type="person", subject_ids=[row.person_id], copy=row.id)


def begin_copy(*, actor: Actor, copy_id: UUID) -> None:
    """Let it be made; a job does it."""
    row = own(actor, Copy, copy_id)
    move(machine.COPY, row, "make", side=machine.WORKER, given={})
    row.save(update_fields=["status", "status_before"])
    audit.record("copy.make", actor=actor, subject_type="person", subject_ids=[row.person_id], copy=row.id)


def store_copy(*, copy_id: UUID, files: dict[str, bytes]) -> None:
    """For the job: keep what was made. Twice does no harm: the newer takes the older's place."""
    row = lifecycle.locked(Copy, copy_id)
    if row.status == machine.MAKING:
        lifecycle.apply(machine.COPY, row, "done", side=machine.CLOCKWORK, given={})
        row.made_at = now()
        row.save(update_fields=["status", "status_before", "made_at"])
    for form, content in files.items():
        CopyFile.objects.update_or_create(
            copy=row,
            form=form,
            defaults={
                "held_by_id": row.held_by_id,
                "content": seal(content, context=_context(copy_id, form)),
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "made_at": now(),
            },
        )


def hand_over_copy(*, actor: Actor, copy_id: UUID, how: str) -> None:
    """The person has it: how it was given."""
    row = own(actor, Copy, copy_id)
    if not how.strip():
        raise Refused(_("Say how it was given: by hand, by mail, on which day."), field="words")
    move(machine.COPY, row, "hand_over", side=machine.WORKER, given={"how": how})
    _end(actor, row, how)


def withdraw_copy(*, actor: Actor, copy_id: UUID, words: str) -> None:
    """The person does not want it any more."""
    row = own(actor, Copy, copy_id)
    if not words.strip():
        raise Refused(_("Say in a few words how you know."), field="words")
    move(machine.COPY, row, "withdraw", side=machine.WORKER, given={"words": words})
    _end(actor, row, words)


def copy_file(*, actor: Actor, copy_id: UUID, form: str) -> tuple[bytes, str]:
    """The file's content and its reference, for download; who took it is written down. Raises NotVisible."""
    row = Copy.objects.filter(pk=copy_id, held_by_id=actor.organization).first()
    found = CopyFile.objects.filter(copy_id=copy_id, form=form, held_by_id=actor.organization).first()
    if row is None or found is None:
        raise NotVisible
    audit.record(
        "copy.download",
        actor=actor,
        subject_type="person",
        subject_ids=[row.person_id],
        copy=row.id,
        form=form,
    )
    return unseal(bytes(found.content), context=_context(copy_id, form)), row.reference


def forget_files(*, older_than: datetime) -> int:
    """For the nightly job: files that were made before this moment go; returns how many."""
    return CopyFile.objects.filter(made_at__lt=older_than).delete()[0]


def _context(copy_id: UUID, form: str) -> str:
    return f"record-copy:{copy_id}:{form}"


def _end(actor: Actor, row: Copy, words: str) -> None:
    row.ended_at, row.ended_by_name, row.ended_words = now(), actor.name, words.strip()
    row.save(update_fields=["status", "status_before", "ended_at", "ended_by_name", "ended_words"])
    audit.record(
        f"copy.{row.status}", actor=actor, subject_type="person", subject_ids=[row.person_id], copy=row.id
    )
