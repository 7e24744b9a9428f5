"""Who works for an organization, and as what."""

from uuid import UUID

from django.utils.translation import gettext as _

from waypost.accounts.open_doors import end_for_organization
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.models import Kind, Membership
from waypost.network.roles import Action, Role, may


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


def change_role(*, actor: Actor, membership_id: UUID, role: str, team_id: UUID | None) -> None:
    """Let a member do more or less from the next page on; somebody who lets people in must remain."""
    row = _open(membership_id)
    if role not in roles_for(row.organization.kind):
        raise Refused(_("Choose a role."), field="role")
    if not may(role, Action.MANAGE_MEMBERS):
        _somebody_remains(row)
    earlier, row.role, row.team_id = row.role, Role(role), team_id
    row.save(update_fields=["role", "team_id"])
    audit.record(
        "network.change_role",
        actor=actor,
        subject_type="user",
        subject_ids=[row.user_id],
        organization=row.organization_id,
        earlier=earlier,
        role=role,
    )


def leave(*, actor: Actor, membership_id: UUID) -> UUID:
    """End somebody's access at once; returns whose. Work in hand is handed over by coordination first."""
    row = _open(membership_id)
    if row.user_id == actor.user_id:
        raise Refused(_("You cannot end your own access. Ask a colleague who lets people in."))
    _somebody_remains(row)
    end_for_organization(user_id=row.user_id, organization_id=row.organization_id)
    end_membership(membership_id=row.id)
    audit.record(
        "network.end_membership",
        actor=actor,
        subject_type="user",
        subject_ids=[row.user_id],
        organization=row.organization_id,
    )
    return row.user_id


def roles_for(kind: str) -> tuple[Role, ...]:
    """The roles that make sense in such an organization."""
    if kind == Kind.INTEGRATOR:
        return (Role.INTEGRATOR, Role.PRIVACY_OFFICER)
    return (Role.COORDINATOR, Role.INTAKE, Role.REFERRER, Role.SUPERVISOR, Role.PRIVACY_OFFICER)


def _open(membership_id: UUID) -> Membership:
    rows = Membership.objects.select_related("organization").select_for_update(of=("self",))
    row = rows.filter(pk=membership_id, ended_at__isnull=True).first()
    if row is None:
        raise NotVisible
    return row


def _somebody_remains(row: Membership) -> None:
    """Refused where nobody else of the organization could let people in any more."""
    if not may(row.role, Action.MANAGE_MEMBERS):
        return
    others = Membership.objects.filter(organization_id=row.organization_id, ended_at__isnull=True)
    if not any(may(each.role, Action.MANAGE_MEMBERS) for each in others.exclude(pk=row.pk)):
        raise Refused(
            _("%(organization)s would have nobody left who lets people in. Give that role to another first.")
            % {"organization": row.organization.name},
            field="role",
        )


def end_membership(*, membership_id: UUID) -> None:
    """Ends access at once: the next request of this user finds no membership."""
    Membership.objects.filter(pk=membership_id, ended_at__isnull=True).update(ended_at=now())
