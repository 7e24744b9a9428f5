"""The filters that are on, each with the address without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from waypost.directory.selectors import need_category_name
from waypost.web.finding.looking import NEAR, Looking
from waypost.web.finding.wording import (
    ACCESS_WORDS,
    COST_WORDS,
    SITUATION_WORDS,
    SWITCH_WORDS,
    speaks,
    when_words,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to switch on, or one to remove (``on``); something else to try."""

    words: str
    href: str
    on: bool = False
    count: str = ""


def active(looking: Looking, *, place: bool, need: bool = True) -> list[Choice]:
    """Tags to remove. ``place``: the place is known; ``need``: the need may be taken away here."""
    found = [*_first(looking, place, need), *_plain(looking), *_lists(looking)]
    if looking.known_only and looking.filtered:
        found.append((_("Only where it is known"), looking.without("known_only")))
    return [Choice(words, rest.link(), on=True) for words, rest in found]


def _first(looking: Looking, place: bool, need: bool) -> Iterator[tuple[str, Looking]]:
    if need and looking.need:
        yield need_category_name(looking.need), looking.without("need")
    if place and looking.serves:
        yield _("Serves %(place)s") % {"place": looking.place}, looking.without("serves")
    elif place and looking.miles != NEAR:
        yield _("Within %(miles)s miles") % {"miles": looking.miles}, looking.without("miles")
    if when := when_words(looking):
        yield when, looking.without("day", "hour")


def _plain(looking: Looking) -> Iterator[tuple[str, Looking]]:
    for field, words in SWITCH_WORDS.items():
        if getattr(looking, field):
            yield str(words), looking.without(field)
    if looking.language:
        yield speaks(looking.language), looking.without("language")
    if looking.age is not None:
        yield _("Age %(age)s") % {"age": looking.age}, looking.without("age")
    if looking.cost:
        yield str(COST_WORDS[looking.cost]), looking.without("cost")


def _lists(looking: Looking) -> Iterator[tuple[str, Looking]]:
    for each in looking.situations:
        rest = tuple(other for other in looking.situations if other != each)
        yield str(SITUATION_WORDS[each]), replace(looking, situations=rest)
    for each in looking.accessibility:
        rest = tuple(other for other in looking.accessibility if other != each)
        yield str(ACCESS_WORDS[each]), replace(looking, accessibility=rest)
