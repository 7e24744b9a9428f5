"""Pages on which the integrator edits the words on which search, needs and freshness rest."""
