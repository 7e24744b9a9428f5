"""Choices about reaching somebody, as forms offer them."""

from waypost.people.models import BelongsTo, Safety

__all__ = ["BelongsTo", "Safety"]
