"""A person's whole record, as one organization holds it: from every room, by one list of tables."""
