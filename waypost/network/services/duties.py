"""The operator's checklist: what the law asks of whoever runs the network, and who made sure of it when."""

from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.duties import MAIL_TEST, duty_keys
from waypost.network.models import Duty


def tick(*, actor: Actor, key: str, note: str = "", fine: bool = True) -> None:
    """Write down that a line of the checklist was made sure of, or how a test went."""
    if key != MAIL_TEST and key not in duty_keys():
        raise NotVisible
    held = note.replace("\x00", "").strip()[:300]
    row = Duty(key=key, note=held, fine=fine, by_id=actor.user_id, by_name=actor.name)
    Duty.objects.bulk_create([row])
    audit.record("network.duty", actor=actor, subject_type="duty", subject_ids=[row.id], key=key, fine=fine)
