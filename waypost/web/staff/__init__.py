"""Pages of those who work with people: coordinators, intake workers, referrers, supervisors."""
