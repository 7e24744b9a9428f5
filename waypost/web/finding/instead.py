"""Nothing was found: the next best, one step away, each with what it would bring."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from waypost.directory.cards import SearchHit
from waypost.directory.selectors import counts, need_category_name, search
from waypost.web.finding.active import Choice, active
from waypost.web.finding.looking import FAR, NEAR, Looking

MOST = 8
NEXT_BEST = 3
ANYWHERE = 500.0


def instead(looking: Looking) -> list[Choice]:
    """Filters to drop and wider places, with how many services each gives, where it gives any."""
    steps = [(words, each) for words, each in dict.fromkeys(_steps(looking)) if each.anything][:MOST]
    found = counts([each.query(per_page=1) for _words, each in steps])
    return [
        Choice(words, each.link(), count=f"{counted.number}{'' if counted.exact else '+'}")
        for (words, each), counted in zip(steps, found, strict=True)
        if counted.number
    ]


def _steps(looking: Looking) -> Iterator[tuple[str, Looking]]:
    if looking.known_only and looking.filtered:
        yield _("Also services that do not say"), replace(looking, known_only=False)
    if looking.serves:
        yield _("Near %(place)s") % {"place": looking.place}, replace(looking, serves=False)
    if looking.place and looking.miles < FAR:
        yield _("Within %(miles)s miles") % {"miles": FAR}, replace(looking, miles=FAR)
    for field in _FILTERS:
        rest = looking.without(*field)
        if rest != looking:
            alone = active(Looking().with_(looking, *field), place=True)
            yield _("Without: %(filter)s") % {"filter": ", ".join(each.words for each in alone)}, rest
    if looking.need and looking.words:
        yield need_category_name(looking.need), replace(looking, words="")
        yield _("“%(words)s”, any need") % {"words": looking.words}, replace(looking, need="")
    if looking.filtered:
        yield (
            _("Without any filter"),
            Looking(looking.words, looking.place, looking.need, miles=looking.miles),
        )
    if looking.place:
        yield _("Any place"), replace(looking, place="", miles=NEAR, serves=False)


_FILTERS = (
    ("day", "hour"),
    ("open_now",),
    ("language",),
    ("age",),
    ("cost",),
    ("situations",),
    ("accessibility",),
    ("no_documents",),
    ("walk_in",),
    ("accepting",),
    ("transit",),
)


def nearest(looking: Looking) -> list[SearchHit]:
    """The nearest services for the same words and need, whatever else was asked, at any distance."""
    if not (looking.place and (looking.words or looking.need)):
        return []
    return list(search(replace(bare(looking).query(per_page=NEXT_BEST), radius_miles=ANYWHERE)).hits)


def bare(looking: Looking) -> Looking:
    """The words, the place and the need alone."""
    return Looking(looking.words, looking.place, looking.need)
