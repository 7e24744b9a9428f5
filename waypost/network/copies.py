"""Signed copies of agreements: read by the parties and the integrator, sealed as scans of consents are."""

from uuid import UUID

from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.kernel.ids import uuid7
from waypost.kernel.papers import Resealed, check, digest, reseal_rows
from waypost.kernel.sealing import Unsealable, seal, unseal
from waypost.network.cards import CopyCard, OpenedCopy
from waypost.network.models import Agreement, AgreementCopy


def add_copy(*, actor: Actor, agreement_id: UUID, data: bytes) -> UUID:
    """The integrator keeps a signed copy (PDF, PNG or JPEG by its content, at most 8 MB) with its agreement.

    Copies are added and never changed. Refused for another kind of file, and for one that is there already.
    """
    row = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if row is None:
        raise NotVisible
    media = check(data, field="copy")
    copy = AgreementCopy(
        id=uuid7(),
        agreement=row,
        media=media,
        size=len(data),
        digest=digest(data),
        added_by_id=actor.user_id,
        added_by_name=actor.name,
    )
    copy.sealed = seal(data, context=context(copy.id))
    copy.save(force_insert=True)
    audit.record(
        "network.keep_copy",
        actor=actor,
        subject_type="organization",
        subject_ids=list(row.parties.values_list("id", flat=True)),
        agreement=row.id,
        copy=copy.id,
    )
    return copy.id


def copies_of(agreement_ids: list[UUID]) -> dict[UUID, list[CopyCard]]:
    """The copies of each agreement that this reader may see, oldest first."""
    found: dict[UUID, list[CopyCard]] = {}
    rows = AgreementCopy.objects.filter(agreement_id__in=agreement_ids).defer("sealed").order_by("id")
    for row in rows:
        card = CopyCard(row.id, row.media, row.size, row.added_by_name, row.added_at)
        found.setdefault(row.agreement_id, []).append(card)
    return found


def open_copy(actor: Actor, copy_id: UUID) -> OpenedCopy:
    """A copy, unsealed; each opening is a line in the log. Raises NotVisible for whoever is no party."""
    row = AgreementCopy.objects.filter(pk=copy_id).first()
    if row is None:
        raise NotVisible
    audit.record(
        "network.copy_opened",
        actor=actor,
        subject_type="organization",
        subject_ids=list(row.agreement.parties.values_list("id", flat=True)),
        agreement=row.agreement_id,
        copy=row.id,
    )
    try:
        content = unseal(bytes(row.sealed), context=context(row.id))
    except Unsealable as gone:
        raise NotVisible from gone
    return OpenedCopy(agreement_id=row.agreement_id, media=row.media, content=content)


def reseal_copies() -> Resealed:
    """Put every copy under the newest key, one by one; for the system's role (a command)."""
    return reseal_rows(AgreementCopy, context=context)


def context(copy_id: UUID) -> str:
    """For what it is sealed: bytes that are copied to another row open there for nobody."""
    return f"agreement-copy:{copy_id}"
