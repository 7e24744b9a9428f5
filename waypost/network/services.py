"""Letting organizations and people into the network."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.network.models import (
    Agreement,
    Kind,
    LegalStatus,
    Membership,
    Organization,
    PersonWord,
    Site,
    Team,
)
from waypost.network.roles import Role

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


def add_member(
    *, user_id: UUID, organization_id: UUID, role: str, team_id: UUID | None = None, profession: str = ""
) -> UUID:
    """Let a user work for an organization."""
    row = Membership(
        user_id=user_id,
        organization_id=organization_id,
        role=Role(role),
        team_id=team_id,
        profession=profession,
    )
    Membership.objects.bulk_create([row])
    return row.id


def end_membership(*, membership_id: UUID) -> None:
    """Ends access at once: the next request of this user finds no membership."""
    Membership.objects.filter(pk=membership_id, ended_at__isnull=True).update(ended_at=now())


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
