"""Scans and drawn signatures of a form: sealed before they are stored, each under a key of its own."""

from uuid import UUID

from waypost.consent.models import Form, KeptFile
from waypost.kernel.actors import Actor
from waypost.kernel.ids import uuid7
from waypost.kernel.papers import Resealed, digest, reseal_rows
from waypost.kernel.sealing import seal

MOST_DRAWING = 300 * 1024


def keep(actor: Actor, form: Form, data: bytes, media: str) -> UUID:
    """Seal a file and store it with its form."""
    row = KeptFile(
        id=uuid7(),
        held_by_id=actor.organization,
        person_id=form.person_id,
        form=form,
        media=media,
        size=len(data),
        digest=digest(data),
    )
    row.sealed = seal(data, context=context(row.id))
    row.save(force_insert=True)
    return row.id


def reseal_all() -> Resealed:
    """Put every kept file under the newest key, one by one; for the system's role (a command)."""
    return reseal_rows(KeptFile, context=context)


def context(file_id: UUID) -> str:
    """For what it is sealed: bytes that are copied to another row open there for nobody."""
    return f"consent-file:{file_id}"
