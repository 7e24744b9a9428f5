"""Writes of whoever guards privacy."""
