"""Reading participants, teams and memberships."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.cards import AgreementCard, MembershipCard, OrganizationCard, TeamCard, Term
from waypost.network.models import Agreement, Kind, LegalStatus, Membership, Organization, Site, Team


def organization(organization_id: UUID) -> OrganizationCard:
    """One participant; raises NotVisible where there is none."""
    row = Organization.objects.filter(pk=organization_id).first()
    if row is None:
        raise NotVisible
    return _card(row)


def refuse_victim_service(actor: Actor) -> None:
    """Raise Refused for a victim-service provider, which names nobody here (28 CFR 90.4)."""
    if organization(actor.organization).is_victim_service:
        raise Refused(
            _(
                "Your organization serves victims of violence, so it writes nobody down here."
                " Call the other organization together with the person."
            )
        )


def organizations(*, kind: str | None = None, ids: Iterable[UUID] | None = None) -> list[OrganizationCard]:
    """Active participants by name."""
    rows = Organization.objects.filter(active=True).order_by("name")
    if kind is not None:
        rows = rows.filter(kind=kind)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return [_card(row) for row in rows]


def _card(row: Organization) -> OrganizationCard:
    return OrganizationCard(
        id=row.id,
        name=row.name,
        kind=row.kind,
        legal_status=row.legal_status,
        person_word=row.person_word,
        phone=row.phone,
        notice_email=row.notice_email,
        second_step_from=row.second_step_from,
    )


def memberships_of(user_id: UUID) -> list[MembershipCard]:
    """The open memberships of a user, by organization name."""
    return _memberships(Q(user_id=user_id))


def members(organization_id: UUID, *, roles: Iterable[str] | None = None) -> list[MembershipCard]:
    """Who works for an organization now."""
    wanted = Q(organization_id=organization_id)
    if roles is not None:
        wanted &= Q(role__in=list(roles))
    return _memberships(wanted)


def _memberships(wanted: Q) -> list[MembershipCard]:
    rows = (
        Membership.objects.filter(
            wanted, ended_at__isnull=True, organization__active=True, user__is_active=True
        )
        .select_related("user", "organization", "team")
        .order_by("organization__name", "user__name")
    )
    return [
        MembershipCard(
            id=row.id,
            user_id=row.user_id,
            user_name=row.user.name,
            organization_id=row.organization_id,
            organization_name=row.organization.name,
            role=row.role,
            team_id=row.team_id,
            team_name=row.team.name if row.team else "",
            profession=row.profession,
        )
        for row in rows
    ]


def worked_here(organization_id: UUID, user_id: UUID) -> str:
    """The name of somebody who works or worked for this organization; raises NotVisible."""
    rows = Membership.objects.filter(organization_id=organization_id, user_id=user_id)
    name = rows.values_list("user__name", flat=True).first()
    if name is None:
        raise NotVisible
    return name


def membership(membership_id: UUID) -> MembershipCard:
    """One open membership, as far as the reader may see it; raises NotVisible."""
    found = _memberships(Q(pk=membership_id))
    if not found:
        raise NotVisible
    return found[0]


def teams(organization_id: UUID) -> list[TeamCard]:
    """The teams of an organization."""
    rows = Team.objects.filter(organization_id=organization_id).select_related("site").order_by("name")
    return [
        TeamCard(
            id=row.id,
            name=row.name,
            site_name=row.site.name if row.site else "",
            coordinator_fte=float(row.coordinator_fte) if row.coordinator_fte is not None else None,
        )
        for row in rows
    ]


def agreements_between(one: UUID, other: UUID, *, on: date) -> list[AgreementCard]:
    """Agreements in force on a day to which both are parties."""
    return [
        AgreementCard(
            id=row.id,
            kind=row.kind,
            party_ids=frozenset(party.id for party in row.parties.all()),
            purposes=frozenset(row.purposes),
            valid_to=row.valid_to,
        )
        for row in _in_force(on).filter(parties=one).filter(parties=other)
    ]


def terms(*, on: date, party: UUID | None = None) -> list[Term]:
    """Every agreement in force on a day (of one party, where named), those that end soonest first."""
    rows = _in_force(on) if party is None else _in_force(on).filter(parties=party)
    return [_term(row) for row in rows.order_by(F("valid_to").asc(nulls_last=True), "id")]


def agreement(agreement_id: UUID) -> Term:
    """One agreement, whether it is in force or not; raises NotVisible where there is none."""
    row = Agreement.objects.filter(pk=agreement_id).prefetch_related("parties").first()
    if row is None:
        raise NotVisible
    return _term(row)


def _term(row: Agreement) -> Term:
    return Term(
        kind=row.kind,
        kind_name=row.get_kind_display(),
        party_ids=frozenset(party.id for party in row.parties.all()),
        valid_to=row.valid_to,
        id=row.id,
        signed_on=row.signed_on,
        valid_from=row.valid_from,
        ended_at=row.ended_at,
        purposes=tuple(row.purposes),
    )


def _in_force(on: date) -> QuerySet[Agreement]:
    return (
        Agreement.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
        .filter(signed_on__isnull=False, signed_on__lte=on)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__date__gt=on))
        .prefetch_related("parties")
    )


def kind_name(code: str) -> str:
    """What a participant is, in words."""
    return str(Kind(code).label)


def status_name(code: str) -> str:
    """How the law sees a participant, in words."""
    return str(LegalStatus(code).label)


def sites(organization_id: UUID) -> list[str]:
    """The places where an organization works, by name."""
    return list(
        Site.objects.filter(organization_id=organization_id).order_by("name").values_list("name", flat=True)
    )


def actor_for(membership: MembershipCard) -> Actor:
    """The actor that this membership makes of its user."""
    return Actor(
        user_id=membership.user_id,
        name=membership.user_name,
        organization_id=membership.organization_id,
        organization_name=membership.organization_name,
        role=membership.role,
    )
