"""The writes of the network: organizations, members, invitations, agreements."""

from waypost.network.services.agreements import record_agreement
from waypost.network.services.invitations import accept, invite, revoke_invitation, send_again
from waypost.network.services.members import add_member, change_role, end_membership, leave, roles_for
from waypost.network.services.organizations import add_organization, add_site, add_team

__all__ = [
    "accept",
    "add_member",
    "add_organization",
    "add_site",
    "add_team",
    "change_role",
    "end_membership",
    "invite",
    "leave",
    "record_agreement",
    "revoke_invitation",
    "roles_for",
    "send_again",
]
