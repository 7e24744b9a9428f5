"""Rows of what a person said: written once, under a turn of their own, announced and logged."""

from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent.models import Consent
from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.kernel.turns import take_turn

TOPIC = "plan"
WORDS_LIMIT = 20_000


def hold(person_id: UUID) -> None:
    """Let what this person said stand until the transaction ends: nothing is told on a word taken back."""
    take_turn("consents", person_id)


def check_words(words: str, *, field: str = "words_shown") -> str:
    """Words that may be kept; raises Refused where they are too long or cannot be stored."""
    if len(words) > WORDS_LIMIT or "\x00" in words:
        raise Refused(_("These words are too long to keep."), field=field)
    return words


def write(*, actor: Actor, person_id: UUID, recall: bool = False, **fields: object) -> Consent:
    """One row, with its event and its line in the log. ``recall``: what it concerns is recalled."""
    row = Consent(
        held_by_id=actor.organization,
        topic=TOPIC,
        person_id=person_id,
        starts_at=now(),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        recalled_referrals=recall,
        **fields,
    )
    row.save(force_insert=True)
    events.emit(
        f"consent.{row.decision}",
        actor=actor,
        consent_id=row.id,
        person_id=person_id,
        recall="yes" if recall else "no",
    )
    audit.record(
        f"consent.{row.decision}", actor=actor, subject_type="person", subject_ids=[person_id], consent=row.id
    )
    return row
