"""Listings in templates: whether a number can be dialled, an address in one line, the choices of a filter."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from waypost.directory.cards import PlaceCard
from waypost.web import service_words
from waypost.web.finding.filters import Option

register = template.Library()


@register.filter
def can_dial(number: str) -> bool:
    """Whether a feed's words for a phone are one number."""
    return service_words.can_dial(number)


@register.filter
def address_words(place: PlaceCard) -> str:
    """ "400 Yesler Way, Seattle, WA 98104"."""
    return service_words.address_words(place)


@register.filter
def as_options(options: Iterable[Option]) -> SafeString:
    """The choices of a list to choose from; there are a hundred on a page, too many for the template."""
    return SafeString("".join(map(_option, options)))


def _option(each: Option) -> str:
    words = f"{each.words} ({each.count})" if each.count else each.words
    return f'<option value="{escape(each.value)}"{" selected" if each.on else ""}>{escape(words)}</option>'
