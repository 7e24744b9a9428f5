"""Where a referral goes: no more of a listing than that."""

from uuid import UUID

from django.db.models import Q

from waypost.directory.cards import TargetCard
from waypost.directory.models import Attribute, Service
from waypost.directory.rules.reach import effective_reach
from waypost.directory.rules.sensitive import tells_of
from waypost.kernel.errors import NotVisible


def referral_target(service_id: UUID) -> TargetCard:
    """The service, its organization, who reads its inbox; of a merged service, the one shown in its place.

    A referral that is under way goes on when its service is hidden. Raises NotVisible where there is none.
    """
    row = (
        Service.objects.filter(Q(pk=service_id, merged_into=None) | Q(merged_rows__pk=service_id))
        .select_related("organization")
        .only(
            "name",
            "need_categories",
            "how_to_reach",
            "organization__name",
            "organization__claimed_by",
            "organization__is_victim_service",
        )
        .first()
    )
    if row is None:
        raise NotVisible
    terms = Attribute.objects.filter(link_id=row.id).values_list("taxonomy_term__name", flat=True)
    return TargetCard(
        id=row.id,
        service_name=row.name,
        organization_name=row.organization.name,
        claimed_by=row.organization.claimed_by_id,
        is_victim_service=row.organization.is_victim_service,
        how_to_reach=effective_reach(row.how_to_reach, kept=row.organization.claimed_by_id is not None),
        tells_of=tells_of(
            need_categories=row.need_categories,
            names=[row.name, row.organization.name, *(each for each in terms if each)],
            is_victim_service=row.organization.is_victim_service,
        ),
    )
