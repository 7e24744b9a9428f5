"""How the directory stands as a whole, for whoever looks after it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from waypost.directory.models import Organization, Service
from waypost.kernel.clock import today

FRESH = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts. ``fresh``: confirmed by a human within 180 days; ``never``: by nobody so far."""

    organizations: int
    services: int
    claimed: int
    fresh: int
    never: int
    without_need: int

    @property
    def old(self) -> int:
        """Confirmed once, but longer ago."""
        return self.services - self.fresh - self.never


def overview() -> Overview:
    """Counts over all services that are shown and not closed."""
    rows = Service.objects.filter(hidden_why="", organization__hidden_why="").exclude(
        status__in=["inactive", "defunct"]
    )
    counted = rows.aggregate(
        services=Count("id"),
        claimed=Count("id", filter=Q(organization__claimed_by__isnull=False)),
        fresh=Count("id", filter=Q(confirmed_on__gte=today() - FRESH)),
        never=Count("id", filter=Q(confirmed_on__isnull=True)),
        without_need=Count("id", filter=Q(need_categories=[])),
    )
    return Overview(organizations=Organization.objects.filter(hidden_why="").count(), **counted)
