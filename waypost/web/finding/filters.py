"""The filters that may be switched on: the usual ones as chips, all of them as a form, with their counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from waypost.directory.cards import SearchResult
from waypost.directory.selectors import need_categories
from waypost.directory.words import clock
from waypost.web.finding.active import Choice
from waypost.web.finding.looking import HOURS, MILES, SWITCHES, TODAY, Looking
from waypost.web.finding.wording import (
    ACCESS_WORDS,
    COST_WORDS,
    SITUATION_WORDS,
    SWITCH_WORDS,
    speaks,
)
from waypost.web.presenting import language_choices


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter with how many are known to fit; ``count`` is empty where it is not counted."""

    value: str
    words: str
    on: bool
    count: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A filter of the form. ``kind``: select, checks, switches, radios or number."""

    kind: str
    name: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the choices, as text."""

    facets: dict[str, dict[str, int]]
    exact: bool

    def of(self, name: str, value: str) -> str:
        """ "12"; "12+" where there are more than could be counted."""
        number = self.facets.get(name, {}).get(value)
        return "" if number is None else f"{number}" if self.exact else f"{number}+"


def counts(result: SearchResult | None) -> Counts:
    """The counts of a search; none where nothing was searched."""
    return Counts(result.facets, result.counts_exact) if result else Counts({}, True)


def quick(looking: Looking, counted: Counts) -> list[Choice]:
    """What most people switch on, where it is not on and would find something."""
    offers = [
        ("open_now", "true", str(SWITCH_WORDS["open_now"]), replace(looking, open_now=True)),
        ("language", "es", speaks("es"), replace(looking, language="es")),
        ("cost", "free", str(COST_WORDS["free"]), replace(looking, cost="free")),
        ("walk_in", "true", _("Walk in"), replace(looking, walk_in=True)),
        ("no_documents", "true", str(SWITCH_WORDS["no_documents"]), replace(looking, no_documents=True)),
        (
            "accessibility",
            "wheelchair",
            str(ACCESS_WORDS["wheelchair"]),
            replace(looking, accessibility=(*looking.accessibility, "wheelchair")),
        ),
    ]
    return [
        Choice(words, wanted.link(), count=number)
        for name, value, words, wanted in offers
        if wanted != looking
        and not (name in ("language", "cost") and getattr(looking, name))
        and not (name == "accessibility" and value in looking.accessibility)
        and (number := counted.of(name, value)).rstrip("+") not in ("", "0")
    ]


def groups(looking: Looking, counted: Counts, *, fixed: Iterable[str] = ()) -> list[Group]:
    """Every filter, in the order in which people ask; ``fixed`` names those that this page does not offer."""
    made = {group.name: group for group in _all(looking, counted)}
    return [group for name, group in made.items() if name not in fixed]


def _all(looking: Looking, counted: Counts) -> Iterator[Group]:
    yield _select(
        name="need",
        label=_("Need"),
        anything=_("Any need"),
        pairs=[(each.code, each.name) for each in need_categories()[1:]],
        chosen=looking.need,
        counted=counted,
    )
    yield Group("switches", "now", _("When"), (_switch("now", looking, counted),))
    yield _days(looking, counted)
    yield _select(
        name="hour",
        label=_("At"),
        anything=_("Any hour"),
        pairs=[(each, clock(time(int(each)))) for each in HOURS],
        chosen=looking.hour,
        counted=counted,
    )
    yield Group("radios", "area", _("Where"), _areas(looking, counted))
    miles = ((str(each), _("%(miles)s miles") % {"miles": each}) for each in MILES)
    within = (Option(value, words, value == str(looking.miles)) for value, words in miles)
    yield Group("select", "miles", _("Within"), tuple(within))
    yield _select(
        name="language",
        label=_("Language"),
        anything=_("Any language"),
        pairs=language_choices()[:-1],
        chosen=looking.language,
        counted=counted,
    )
    yield Group("number", "age", _("Age"), value="" if looking.age is None else str(looking.age))
    yield _select(
        name="cost",
        label=_("Cost"),
        anything=_("Any cost"),
        pairs=[(code, str(words)) for code, words in COST_WORDS.items()],
        chosen=looking.cost,
        counted=counted,
    )
    ways = (_switch(each, looking, counted) for each in ("way", "papers", "room", "transit"))
    yield Group("switches", "ways", _("How it works"), tuple(ways))
    people = _checks("situations", SITUATION_WORDS, looking.situations, counted)
    yield Group("checks", "situation", _("For"), people)
    access = _checks("accessibility", ACCESS_WORDS, looking.accessibility, counted)
    yield Group("checks", "access", _("Accessibility"), access)


def _select(
    *, name: str, label: str, anything: str, pairs: list[tuple[str, str]], chosen: str, counted: Counts
) -> Group:
    options = [Option(value, words, value == chosen, counted.of(name, value)) for value, words in pairs]
    return Group("select", name, label, (Option("", anything, not chosen), *options))


def _days(looking: Looking, counted: Counts) -> Group:
    first = (Option("", _("Any day"), not looking.day), Option(TODAY, _("Today"), looking.day == TODAY))
    names = {str(number): str(name) for number, name in WEEKDAYS.items()}
    days = (
        Option(code, words, looking.day == code, counted.of("weekday", code)) for code, words in names.items()
    )
    return Group("select", "day", _("Open on"), (*first, *days))


def _switch(parameter: str, looking: Looking, counted: Counts) -> Option:
    field, value = SWITCHES[parameter]
    return Option(
        value, str(SWITCH_WORDS[field]), getattr(looking, field), counted.of(field, "true"), parameter
    )


def _areas(looking: Looking, counted: Counts) -> tuple[Option, ...]:
    serving = counted.of("serves_only", "true")
    return (
        Option("", _("Near me"), not looking.serves),
        Option("serves", _("Serves my address"), looking.serves, serving),
    )


def _checks(
    field: str, words: Mapping[str, object], chosen: tuple[str, ...], counted: Counts
) -> tuple[Option, ...]:
    return tuple(
        Option(code, str(each), code in chosen, counted.of(field, code)) for code, each in words.items()
    )
