"""The directory for other programs: HSDS 3, reading only, open to all, no cookies."""
