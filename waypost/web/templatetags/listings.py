"""Listings in templates: whether a number can be dialled, an address in one line."""

from django import template

from waypost.directory.cards import PlaceCard
from waypost.web import service_words

register = template.Library()


@register.filter
def can_dial(number: str) -> bool:
    """Whether a feed's words for a phone are one number."""
    return service_words.can_dial(number)


@register.filter
def address_words(place: PlaceCard) -> str:
    """ "400 Yesler Way, Seattle, WA 98104"."""
    return service_words.address_words(place)
