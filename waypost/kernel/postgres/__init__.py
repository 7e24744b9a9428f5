"""The embedded PostgreSQL: found, made, started, stopped and prepared without Django."""
