"""Reading invitations: an organization's own, and the one that a link shows."""

from datetime import timedelta
from uuid import UUID

from waypost.kernel.clock import now
from waypost.network.cards import InvitationCard
from waypost.network.models import Invitation
from waypost.network.services.invitations import show_to_bearer, token_of, works

SHOWN = timedelta(days=60)


def invitations(organization_id: UUID) -> list[InvitationCard]:
    """Those not answered yet, newest first; expired ones for sixty days."""
    rows = Invitation.objects.filter(
        organization_id=organization_id, accepted_at__isnull=True, revoked_at__isnull=True
    )
    rows = rows.filter(expires_at__gte=now() - SHOWN).select_related("organization")
    return [_card(row, row.round) for row in rows.order_by("-sent_at")]


def invitation_of(token: str) -> InvitationCard | None:
    """The invitation of a link, whatever its state; None where there is none."""
    shown = show_to_bearer(token)
    if shown is None:
        return None
    row = Invitation.objects.filter(pk=shown[0]).select_related("organization").first()
    return _card(row, shown[1]) if row is not None else None


def invitation(invitation_id: UUID) -> InvitationCard | None:
    """For the job that sends it; None where it is gone."""
    row = Invitation.objects.filter(pk=invitation_id).select_related("organization").first()
    return _card(row, row.round) if row is not None else None


def _card(row: Invitation, number: int) -> InvitationCard:
    return InvitationCard(
        id=row.id,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        email=row.email,
        role=row.role,
        invited_by=row.invited_by_name,
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        state=_state(row, number),
        link=f"/members/join/{token_of(row.id, row.round)}/",
    )


def _state(row: Invitation, number: int) -> str:
    if works(row, number):
        return "open"
    if row.accepted_at:
        return "accepted"
    return "taken_back" if row.revoked_at else "expired"
