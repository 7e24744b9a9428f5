"""Pages that keep the directory right: checks, reports of faults, sources, imports, words."""
