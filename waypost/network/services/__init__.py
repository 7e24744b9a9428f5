"""The writes of the network: organizations, members, invitations, agreements."""

from waypost.network.services.agreements import end_agreement, record_agreement, sign_agreement
from waypost.network.services.duties import tick
from waypost.network.services.invitations import accept, invite, revoke_invitation, send_again
from waypost.network.services.members import add_member, change_role, end_membership, leave, roles_for
from waypost.network.services.organizations import (
    add_organization,
    add_site,
    add_team,
    edit_organization,
    let_in,
    new_site,
    new_team,
)

__all__ = [
    "accept",
    "add_member",
    "add_organization",
    "add_site",
    "add_team",
    "change_role",
    "edit_organization",
    "end_agreement",
    "end_membership",
    "invite",
    "leave",
    "let_in",
    "new_site",
    "new_team",
    "record_agreement",
    "revoke_invitation",
    "roles_for",
    "send_again",
    "sign_agreement",
    "tick",
]
