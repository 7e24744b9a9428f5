"""What incidents and demands share: their steps, and calling whoever guards privacy."""

from uuid import UUID

from waypost.guarding.models import Step
from waypost.kernel import events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now


def add_step(actor: Actor, subject_id: UUID, name: str, words: str) -> None:
    """Write down what was done."""
    row = Step(
        held_by_id=actor.organization,
        subject_id=subject_id,
        name=name,
        words=words.strip(),
        actor_name=actor.name,
        at=now(),
    )
    Step.objects.bulk_create([row])


def call_guards(event: str, actor: Actor, subject_id: UUID, reference: str, url: str) -> None:
    """Tell whoever guards privacy in one's own organization, at once."""
    events.emit(
        event,
        actor=actor,
        to_organization=actor.organization,
        subject_id=subject_id,
        reference=reference,
        url=url,
    )
