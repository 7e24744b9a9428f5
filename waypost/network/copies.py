"""Signed copies of agreements: read by the parties and the integrator, sealed as scans of consents are."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import uuid7
from waypost.kernel.papers import Resealed, check, digest, reseal_rows
from waypost.kernel.sealing import Unsealable, seal, unseal
from waypost.network.cards import CopyCard, OpenedCopy, WithdrawnCopy
from waypost.network.models import Agreement, AgreementCopy

WHY_LIMIT = 300


def add_copy(*, actor: Actor, agreement_id: UUID, data: bytes) -> UUID:
    """The integrator keeps a signed copy (PDF, PNG or JPEG by its content, at most 8 MB) with its agreement.

    Copies are added and never changed. Refused for another kind of file, and for the same file once more.
    """
    row = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if row is None:
        raise NotVisible
    media = check(data, field="copy")
    if _offered().filter(agreement=row, digest=digest(data)).exists():
        raise Refused(_("This file is kept with this agreement already."), field="copy")
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


def withdraw_copy(*, actor: Actor, copy_id: UUID, why: str) -> UUID:
    """Offer a copy that was kept by mistake to nobody any more; its line stays with the reason.

    Returns the agreement. Refused without a reason; raises NotVisible where there is no such copy any more.
    """
    row = _offered().select_for_update(of=("self",)).defer("sealed").filter(pk=copy_id).first()
    if row is None:
        raise NotVisible
    reason = why.strip()[:WHY_LIMIT]
    if not reason:
        raise Refused(_("Say why it is withdrawn."), field="why")
    row.withdrawn_at = now()
    row.withdrawn_by_id = actor.user_id
    row.withdrawn_by_name = actor.name
    row.withdrawn_why = reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_by_name", "withdrawn_why"])
    audit.record(
        "network.withdraw_copy",
        actor=actor,
        subject_type="organization",
        subject_ids=list(row.agreement.parties.values_list("id", flat=True)),
        agreement=row.agreement_id,
        copy=row.id,
    )
    return row.agreement_id


def copies_of(agreement_ids: list[UUID]) -> dict[UUID, list[CopyCard]]:
    """The copies of each agreement that this reader may see, oldest first."""
    found: dict[UUID, list[CopyCard]] = {}
    rows = _offered().filter(agreement_id__in=agreement_ids).defer("sealed").order_by("id")
    for row in rows:
        found.setdefault(row.agreement_id, []).append(_card(row))
    return found


def copy_of(copy_id: UUID) -> tuple[UUID, CopyCard]:
    """The agreement of a copy that is offered, and its card; raises NotVisible."""
    row = _offered().filter(pk=copy_id).defer("sealed").first()
    if row is None:
        raise NotVisible
    return row.agreement_id, _card(row)


def withdrawn_copies(agreement_id: UUID) -> list[WithdrawnCopy]:
    """What was withdrawn from an agreement, oldest first; the integrator sees it, and nobody else."""
    rows = AgreementCopy.objects.filter(agreement_id=agreement_id, withdrawn_at__isnull=False).defer("sealed")
    return [
        WithdrawnCopy(
            id=row.id,
            added_by=row.added_by_name,
            added_at=row.added_at,
            withdrawn_by=row.withdrawn_by_name,
            withdrawn_at=row.withdrawn_at,
            why=row.withdrawn_why,
        )
        for row in rows.order_by("withdrawn_at", "id")
        if row.withdrawn_at is not None
    ]


def open_copy(actor: Actor, copy_id: UUID) -> OpenedCopy:
    """A copy, unsealed; each opening is a line in the log.

    Raises NotVisible for whoever is no party, and for a copy that was withdrawn.
    """
    row = _offered().filter(pk=copy_id).first()
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


def _offered() -> QuerySet[AgreementCopy]:
    return AgreementCopy.objects.filter(withdrawn_at__isnull=True)


def _card(row: AgreementCopy) -> CopyCard:
    return CopyCard(row.id, row.media, row.size, row.added_by_name, row.added_at)


def context(copy_id: UUID) -> str:
    """For what it is sealed: bytes that are copied to another row open there for nobody."""
    return f"agreement-copy:{copy_id}"
