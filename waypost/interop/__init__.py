"""Mappers between the rooms and the standards; no rules of their own."""
