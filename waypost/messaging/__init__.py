"""Notices, in the page and by e-mail."""
