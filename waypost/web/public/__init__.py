"""Pages that are open to anybody."""
