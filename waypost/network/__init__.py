"""Who takes part: organizations, sites, teams, memberships and roles, agreements."""
