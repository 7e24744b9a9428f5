"""Papers that are kept: PDF, PNG or JPEG by their content, within a size; sealed anew when keys change."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from waypost.kernel.errors import Refused
from waypost.kernel.sealing import Unsealable, reseal

MOST_BYTES = 8 * 1024 * 1024
TAIL = 1024  # a PDF ends with its mark, but programs append a few bytes


class Paper(StrEnum):
    """What may be kept, by media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


ENDINGS = {Paper.PDF: "pdf", Paper.PNG: "png", Paper.JPEG: "jpg"}
_SIGNS = {
    Paper.PDF: (b"%PDF-", b"%%EOF"),
    Paper.PNG: (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    Paper.JPEG: (b"\xff\xd8\xff", b"\xff\xd9"),
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
    if not media or (drawn and media != Paper.PNG):
        raise Refused(_("This file cannot be kept. Choose a PDF, a PNG or a JPEG picture."), field=field)
    return media


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal, by which a copy is known again."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Resealed:
    """How sealing anew went, in files."""

    resealed: int
    kept: int
    unreadable: int


def reseal_rows(model: type[models.Model], *, context: Callable[[UUID], str]) -> Resealed:
    """Put the ``sealed`` column of every row under the newest key, one by one; for the system's role."""
    rows: models.Manager[Any] = model._default_manager
    done = kept = unreadable = 0
    for row_id in rows.order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            row = rows.select_for_update(of=("self",)).get(pk=row_id)
            try:
                fresh = reseal(bytes(row.sealed), context=context(row.pk))
            except Unsealable:
                unreadable += 1
                continue
            if fresh == bytes(row.sealed):
                kept += 1
                continue
            rows.filter(pk=row_id).update(sealed=fresh)
            done += 1
    return Resealed(done, kept, unreadable)
