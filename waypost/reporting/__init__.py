"""Figures, each with its numerator, denominator and definition."""
