"""People, as each organization knows them: identity, contact, links."""
