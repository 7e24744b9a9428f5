"""From a merged listing to the one that is shown in its place."""

from collections.abc import Iterable
from uuid import UUID

from waypost.directory.models import Service


def kept_services(service_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Merged service -> the one that is shown; services that are not merged are left out."""
    rows = Service.objects.filter(pk__in=list(service_ids), merged_into__isnull=False)
    return {row: kept for row, kept in rows.values_list("pk", "merged_into_id") if kept is not None}


def kept_service(service_id: UUID) -> UUID | None:
    """The service that is shown in place of this one; None where it is not merged."""
    return kept_services([service_id]).get(service_id)
