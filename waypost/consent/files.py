"""What may be kept of a paper: PDF, PNG or JPEG by its content, within a size; sealed before it is stored."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.consent.models import Form, KeptFile, Media
from waypost.kernel.actors import Actor
from waypost.kernel.errors import Refused
from waypost.kernel.ids import uuid7
from waypost.kernel.sealing import Unsealable, reseal, seal

MOST_BYTES = 8 * 1024 * 1024
MOST_DRAWING = 300 * 1024
TAIL = 1024  # a PDF ends with its mark, but programs append a few bytes

_SIGNS = {
    Media.PDF: (b"%PDF-", b"%%EOF"),
    Media.PNG: (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    Media.JPEG: (b"\xff\xd8\xff", b"\xff\xd9"),
}


def media_of(data: bytes) -> str:
    """What this is by its first and last bytes; '' when it is none of what may be kept."""
    for media, (first, last) in _SIGNS.items():
        if data.startswith(first) and last in data[-TAIL:]:
            return media.value
    return ""


def check(data: bytes, *, field: str, most: int = MOST_BYTES, drawn: bool = False) -> str:
    """The media type of a file that may be kept; raises Refused with words for ``field``."""
    if not data:
        raise Refused(_("Choose the file first."), field=field)
    if len(data) > most:
        raise Refused(
            _("This file is too large. It may have %(size)d MB.") % {"size": max(1, most // 1024 // 1024)},
            field=field,
        )
    media = media_of(data)
    if not media or (drawn and media != Media.PNG):
        raise Refused(_("This file cannot be kept. Choose a PDF, a PNG or a JPEG picture."), field=field)
    return media


def keep(actor: Actor, form: Form, data: bytes, media: str) -> UUID:
    """Seal a file and store it with its form."""
    row = KeptFile(
        id=uuid7(),
        held_by_id=actor.organization,
        person_id=form.person_id,
        form=form,
        media=media,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
    )
    row.sealed = seal(data, context=context(row.id))
    row.save(force_insert=True)
    return row.id


@dataclass(frozen=True, slots=True)
class Resealed:
    """How sealing anew went."""

    resealed: int
    kept: int
    unreadable: int


def reseal_all() -> Resealed:
    """Put every kept file under the newest key, one by one; for the system's role (a command)."""
    done = kept = unreadable = 0
    for file_id in KeptFile.objects.order_by("id").values_list("id", flat=True).iterator():
        with transaction.atomic():
            row = KeptFile.objects.select_for_update(of=("self",)).get(pk=file_id)
            try:
                fresh = reseal(bytes(row.sealed), context=context(row.id))
            except Unsealable:
                unreadable += 1
                continue
            if fresh == bytes(row.sealed):
                kept += 1
                continue
            KeptFile.objects.filter(pk=file_id).update(sealed=fresh)
            done += 1
    return Resealed(done, kept, unreadable)


def context(file_id: UUID) -> str:
    """For what it is sealed: bytes that are copied to another row open there for nobody."""
    return f"consent-file:{file_id}"
