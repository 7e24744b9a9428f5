"""Measurements on invented data. Never part of the tests; figures are medians and 95th percentiles of one run."""
