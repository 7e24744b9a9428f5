"""The gate: who may see what of whom, and why."""
