"""Agreements between participants."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.models import Agreement, AgreementKind, Organization


def record_agreement(
    *,
    kind: str,
    party_ids: Iterable[UUID],
    valid_from: date,
    valid_to: date | None = None,
    signed_on: date | None = None,
    purposes: Iterable[str] = (),
) -> UUID:
    """An agreement between participants."""
    row = Agreement.objects.create(
        kind=kind, valid_from=valid_from, valid_to=valid_to, signed_on=signed_on, purposes=list(purposes)
    )
    row.parties.set(Organization.objects.filter(pk__in=list(party_ids)))
    return row.id


def sign_agreement(
    *,
    actor: Actor,
    kind: str,
    party_ids: Iterable[UUID],
    valid_from: date,
    valid_to: date | None,
    signed_on: date,
    purposes: Iterable[str] = (),
) -> UUID:
    """The integrator writes down an agreement between at least two participants, signed on a day.

    ``purposes``: what it lets them share for; with none it is kept on file and opens nothing.
    """
    parties = set(party_ids)
    if Organization.objects.filter(pk__in=parties, active=True).count() != len(parties) or not parties:
        raise Refused(_("Choose organizations of the network."), field="parties")
    if len(parties) < 2:  # noqa: PLR2004 - an agreement takes two
        raise Refused(_("An agreement needs at least two parties."), field="parties")
    if valid_to is not None and valid_to < valid_from:
        raise Refused(_("It ends before it begins."), field="valid_to")
    made = record_agreement(
        kind=AgreementKind(kind),
        party_ids=parties,
        valid_from=valid_from,
        valid_to=valid_to,
        signed_on=signed_on,
        purposes=sorted(set(purposes)),
    )
    audit.record(
        "network.sign_agreement",
        actor=actor,
        subject_type="organization",
        subject_ids=parties,
        agreement=made,
        kind=kind,
    )
    return made


def end_agreement(*, actor: Actor, agreement_id: UUID) -> None:
    """From this moment on it counts for nothing; refused where it has ended.

    What stood on it alone ends in the same transaction: whoever hears of ``agreement.ended`` sees to it.
    """
    row = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if row is None:
        raise NotVisible
    if row.ended_at is not None or (row.valid_to is not None and row.valid_to < today()):
        raise Refused(_("This agreement has ended already."))
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    audit.record(
        "network.end_agreement",
        actor=actor,
        subject_type="organization",
        subject_ids=list(row.parties.values_list("id", flat=True)),
        agreement=row.id,
    )
    events.emit("agreement.ended", actor=actor, agreement_id=row.id)
