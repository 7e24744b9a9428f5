"""Measurements on invented data. Never part of the tests; medians and 95th percentiles of one run."""
