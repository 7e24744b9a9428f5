"""Asking somebody by e-mail to work for an organization, and what comes of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import connection
from django.utils.translation import gettext as _

from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.turns import take_turn
from waypost.network.models import Invitation, Membership, Organization, Team
from waypost.network.services.members import add_member, roles_for

LASTS = timedelta(days=7)
A_DAY = 40  # invitations sent by one organization in a day
ROUNDS = 6  # times that one invitation is sent
PAUSE = timedelta(minutes=2)
SALT = "waypost.invitation"


def invite(
    *,
    actor: Actor,
    organization_id: UUID,
    email: str,
    role: str,
    team_id: UUID | None = None,
    profession: str = "",
) -> UUID:
    """Ask somebody by e-mail; refused for members, for those asked already, and beyond 40 a day."""
    organization = Organization.objects.filter(pk=organization_id, active=True).first()
    if organization is None:
        raise NotVisible
    address = email.strip().lower()
    if role not in roles_for(organization.kind):
        raise Refused(_("Choose a role."), field="role")
    if team_id and not Team.objects.filter(pk=team_id, organization=organization).exists():
        raise Refused(_("Choose a team of this organization."), field="team")
    take_turn("invite", organization_id)
    _not_a_member(organization_id, address)
    standing = _standing(organization_id).filter(email__iexact=address).first()
    if standing is not None and standing.expires_at > now():
        raise Refused(_("This address is invited already. Send the invitation again instead."), field="email")
    if standing is not None:
        standing.revoked_at = now()
        standing.save(update_fields=["revoked_at"])
    _not_too_many(organization_id)
    row = Invitation(
        organization=organization,
        email=address,
        role=role,
        team_id=team_id,
        profession=profession.strip(),
        invited_by_id=actor.user_id,
        invited_by_name=actor.name,
        sent_at=now(),
        expires_at=now() + LASTS,
    )
    Invitation.objects.bulk_create([row])
    _tell(actor, row, "network.invite")
    return row.id


def send_again(*, actor: Actor, invitation_id: UUID) -> str:
    """A new link for a week; those before work no more. Returns the address it goes to."""
    row = _open(invitation_id)
    if row.round >= ROUNDS or row.sent_at > now() - PAUSE:
        raise Refused(_("It was sent a moment ago. Wait a little, or take it back and invite anew."))
    _not_too_many(row.organization_id)
    row.round, row.sent_at, row.expires_at = row.round + 1, now(), now() + LASTS
    row.save(update_fields=["round", "sent_at", "expires_at"])
    _tell(actor, row, "network.invite_again")
    return row.email


def revoke_invitation(*, actor: Actor, invitation_id: UUID) -> str:
    """Take an invitation back: its link works no more. Returns the address."""
    row = _open(invitation_id)
    row.revoked_at = now()
    row.save(update_fields=["revoked_at"])
    _note(actor, row, "network.invitation_taken_back")
    return row.email


def token_of(invitation_id: UUID, number: int) -> str:
    """What stands in the link of this round."""
    return signing.dumps([str(invitation_id), number], salt=SALT)


def show_to_bearer(token: str) -> tuple[UUID, int] | None:
    """Let the rest of this transaction see the invitation of a link; None for what we did not sign."""
    try:
        found, number = signing.loads(token, salt=SALT)
        invitation_id = UUID(found)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('waypost.invitation', %s, true)", [str(invitation_id)])
    return invitation_id, int(number)


def accept(*, actor: Actor, token: str, email: str) -> UUID:
    """Begin to work for the organization; refused where the link does not work for this user any more.

    ``actor`` is the user, for no organization yet. Returns the organization.
    """
    shown = show_to_bearer(token)
    if shown is None or actor.user_id is None:
        raise NotVisible
    row = Invitation.objects.select_for_update().filter(pk=shown[0]).first()
    if row is None or not works(row, shown[1]) or row.email.lower() != email.lower():
        raise Refused(_("This invitation does not work any more. Ask for a new one."))
    present = Membership.objects.filter(user_id=actor.user_id, organization_id=row.organization_id)
    if not present.filter(ended_at__isnull=True).exists():
        add_member(
            user_id=actor.user_id,
            organization_id=row.organization_id,
            role=row.role,
            team_id=row.team_id,
            profession=row.profession,
        )
    row.accepted_at, row.accepted_by_id = now(), actor.user_id
    row.save(update_fields=["accepted_at", "accepted_by_id"])
    return row.organization_id


def works(row: Invitation, number: int) -> bool:
    """Whether a link of this round opens the door now."""
    return (
        row.accepted_at is None and row.revoked_at is None and row.round == number and row.expires_at > now()
    )


def _open(invitation_id: UUID) -> Invitation:
    row = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if row is None:
        raise NotVisible
    if row.accepted_at or row.revoked_at:
        raise Refused(_("This invitation was answered or taken back in the meantime."))
    return row


def _standing(organization_id: UUID) -> Any:
    rows = Invitation.objects.filter(organization_id=organization_id)
    return rows.filter(accepted_at__isnull=True, revoked_at__isnull=True)


def _not_a_member(organization_id: UUID, address: str) -> None:
    rows = Membership.objects.filter(organization_id=organization_id, ended_at__isnull=True)
    if rows.filter(user__email__iexact=address).exists():
        raise Refused(_("This person works here already."), field="email")


def _not_too_many(organization_id: UUID) -> None:
    since = now() - timedelta(days=1)
    if Invitation.objects.filter(organization_id=organization_id, sent_at__gte=since).count() >= A_DAY:
        raise Refused(_("Many invitations were sent today. Send the others tomorrow."))


def _tell(actor: Actor, row: Invitation, action: str) -> None:
    events.emit("invitation.sent", actor=actor, invitation_id=row.id)
    _note(actor, row, action)


def _note(actor: Actor, row: Invitation, action: str) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="invitation",
        subject_ids=[row.id],
        organization=row.organization_id,
        role=row.role,
        round=row.round,
    )
