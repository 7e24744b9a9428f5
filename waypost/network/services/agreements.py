"""Agreements between participants."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from waypost.network.models import Agreement, Organization


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
