"""The doors for people: members and invitations, one's own account, the set-up of the network."""
