"""Giving the person a copy of what they agreed to (45 CFR 164.508(c)(4))."""

from uuid import UUID

from waypost.consent.models import Copy, Form
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible


def give_copy(*, actor: Actor, form_id: UUID, language: str) -> None:
    """Write down that the person has a copy now, in this language."""
    form = Form.objects.filter(pk=form_id, held_by_id=actor.organization).first()
    if form is None:
        raise NotVisible
    Copy.objects.bulk_create(
        [
            Copy(
                held_by_id=actor.organization,
                person_id=form.person_id,
                form=form,
                language=language[:20],
                given_by_name=actor.name,
                given_at=now(),
            )
        ]
    )
    audit.record(
        "consent.copy", actor=actor, subject_type="person", subject_ids=[form.person_id], form=form.id
    )
