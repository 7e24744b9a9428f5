"""Short lists of rows: what an import already brought, what a participant looks after."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from waypost.directory.hsds import TABLES
from waypost.directory.models import Organization, Service
from waypost.directory.tables import model_of


def existing_rows(table: str, ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that are in this table of HSDS."""
    wanted = list(ids)
    if not wanted:
        return set()
    return set(model_of(table)._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))


def count_rows(source: str) -> dict[str, int]:
    """How many rows of a feed each table holds."""
    return {name: model_of(name)._default_manager.filter(source=source).count() for name in TABLES}


def services_of_participant(participant_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Ids and names of the services in listings that this participant claimed."""
    rows = Service.objects.filter(
        organization__claimed_by_id=participant_id, hidden_why="", organization__hidden_why=""
    ).order_by("name", "id")
    return tuple(rows.values_list("id", "name"))


def is_kept_by_another(service_id: UUID, participant_id: UUID) -> bool:
    """Whether a service is another participant's to change; one that is not listed is nobody's."""
    rows = Service.objects.filter(pk=service_id, hidden_why="", organization__hidden_why="")
    own = Q(organization__claimed_by_id=participant_id) | Q(organization__claimed_by=None)
    return not rows.filter(own).exists()


def listed_organizations(participant_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Ids and names of the listed organizations that this participant claimed; a merged one by the kept."""
    rows = Organization.objects.filter(claimed_by_id=participant_id, merged_into=None).order_by("name", "id")
    return tuple(rows.values_list("id", "name"))


def organizations_named(name: str) -> tuple[tuple[UUID, str], ...]:
    """Ids and names of the listed organizations that are called so, small and capital letters alike."""
    rows = Organization.objects.filter(name__iexact=name.strip(), hidden_why="").order_by("id")
    return tuple(rows.values_list("id", "name")[:20])


def organizations_listed(words: str) -> tuple[tuple[UUID, str], ...]:
    """Ids and names of up to ten listed organizations with these words in their names."""
    rows = Organization.objects.filter(hidden_why="")
    for word in words.split()[:6]:
        rows = rows.filter(name__icontains=word)
    return tuple(rows.order_by("name", "id").values_list("id", "name")[:10])


def needs_by_hand(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The needs of those services for which a human chose them."""
    rows = Service.objects.filter(pk__in=list(ids), needs_by_hand=True)
    return dict(rows.values_list("id", "need_categories"))
