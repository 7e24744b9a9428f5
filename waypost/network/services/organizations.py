"""Letting organizations into the network, with their sites and teams."""

from decimal import Decimal
from uuid import UUID

from waypost.kernel.errors import Refused
from waypost.network.models import Kind, LegalStatus, Organization, PersonWord, Site, Team

DEFAULT_WORD = {
    Kind.CLINIC: PersonWord.PATIENT,
    Kind.CBO: PersonWord.CLIENT,
    Kind.HEALTH_PLAN: PersonWord.MEMBER,
    Kind.INTEGRATOR: PersonWord.CLIENT,
}


def add_organization(
    *,
    name: str,
    kind: str,
    legal_status: str = LegalStatus.NONE,
    person_word: str = "",
    phone: str = "",
    notice_email: str = "",
) -> UUID:
    """Let an organization take part; refused where the name is taken."""
    if Organization.objects.filter(name__iexact=name.strip()).exists():
        raise Refused(f"{name} takes part already.", field="name")
    row = Organization.objects.create(
        name=name.strip(),
        kind=Kind(kind),
        legal_status=LegalStatus(legal_status),
        person_word=PersonWord(person_word) if person_word else DEFAULT_WORD[Kind(kind)],
        phone=phone,
        notice_email=notice_email,
    )
    return row.id


def add_site(*, organization_id: UUID, name: str) -> UUID:
    """A place where the organization works."""
    return Site.objects.create(organization_id=organization_id, name=name).id


def add_team(
    *, organization_id: UUID, name: str, site_id: UUID | None = None, coordinator_fte: Decimal | None = None
) -> UUID:
    """A team, with the coordinators' full-time equivalents that serve it."""
    row = Team.objects.create(
        organization_id=organization_id, name=name, site_id=site_id, coordinator_fte=coordinator_fte
    )
    return row.id
