"""Sixty real questions over three real communities, judged by hand, and what the search makes of them."""
