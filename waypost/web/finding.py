"""Looking for services: what stands in the URL, what was found, and what else to try."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.directory.cards import SearchResult
from waypost.directory.selectors import SearchQuery, count, need_category, need_category_name, search
from waypost.kernel.clock import today
from waypost.web.paging import number_of, words_of
from waypost.web.presenting import LANGUAGES, language_name
from waypost.web.service_words import ServiceRow, service_row

PER_PAGE = 20
MOST = 10_000
MILES = (5, 10, 25, 50, 100)
NEAR, FAR = 25, 100
TODAY = "today"
DAYS = (TODAY, "0", "1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class Looking:
    """What somebody looks for, as it stands in the URL. ``unknown``: also listings silent about a filter."""

    words: str = ""
    zip: str = ""
    need: str = ""
    language: str = ""
    day: str = ""
    miles: int = NEAR
    unknown: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.zip or self.need or self.language or self.day)

    @property
    def filtered(self) -> bool:
        """Whether a filter is on about which listings may be silent."""
        return bool(self.language or self.day)

    def query(self, page: int = 1, per_page: int = PER_PAGE) -> SearchQuery:
        """The same for the directory. A filter keeps only what is known to fit, unless asked otherwise."""
        weekday = today().weekday() if self.day == TODAY else int(self.day) if self.day else None
        return SearchQuery(
            words=self.words,
            zip=self.zip,
            need=self.need,
            language=self.language,
            weekday=weekday,
            radius_miles=self.miles,
            include_unknown=self.unknown,
            page=page,
            per_page=per_page,
        )

    def link(self) -> str:
        """The address of this search, from the page it is on."""
        pairs = {
            "q": self.words,
            "zip": self.zip,
            "need": self.need,
            "language": self.language,
            "day": self.day,
            "miles": "" if self.miles == NEAR else str(self.miles),
            "unknown": "1" if self.unknown else "",
        }
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to switch on, or one to remove (``on``); something else to try."""

    words: str
    href: str
    on: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results with all its words."""

    title: str
    rows: list[ServiceRow]
    page: "Page[int]"
    place: str
    problem: str
    filters: list[Choice]
    instead: list[Choice]


def looking_for(request: HttpRequest) -> Looking:
    """Read the URL; what cannot be meant there is left out."""
    given = request.GET
    need, language, day = given.get("need", ""), given.get("language", ""), given.get("day", "")
    miles = given.get("miles", "")
    return Looking(
        words=words_of(request),
        zip=words_of(request, "zip")[:10],
        need=need if need_category(need) else "",
        language=language if language in LANGUAGES else "",
        day=day if day in DAYS else "",
        miles=int(miles) if miles in {str(each) for each in MILES} else NEAR,
        unknown=given.get("unknown") == "1",
    )


def find(request: HttpRequest, looking: Looking) -> Found:
    """Search, and prepare the page."""
    result = search(looking.query(number_of(request)))
    page = Paginator(range(min(result.total, MOST)), PER_PAGE).get_page(result.page)
    return Found(
        title=_title(looking, result),
        rows=[service_row(hit, looking.zip if result.place_words else "") for hit in result.hits],
        page=page,
        place=_place(looking, result),
        problem=_problem(looking) if result.problem else "",
        filters=_filters(looking, result),
        instead=[] if result.total else _instead(looking),
    )


def _title(looking: Looking, result: SearchResult) -> str:
    number = {"count": result.total}
    if looking.need:
        words = ngettext("%(count)s service for: %(need)s", "%(count)s services for: %(need)s", result.total)
        return words % {**number, "need": need_category_name(looking.need)}
    if looking.words:
        words = ngettext(
            "%(count)s service for “%(words)s”", "%(count)s services for “%(words)s”", result.total
        )
        return words % {**number, "words": looking.words}
    return ngettext("%(count)s service", "%(count)s services", result.total) % number


def _place(looking: Looking, result: SearchResult) -> str:
    """Where, how many of them are known to be near, and that the others come last."""
    if not result.place_words or not result.total:
        return ""
    facts = {"miles": looking.miles, "place": result.place_words}
    words = _("within %(miles)s miles of %(place)s, nearest first") % facts
    if not result.without_place:
        return words
    last = ngettext(
        "%(count)s with no place on the map comes last",
        "%(count)s with no place on the map come last",
        result.without_place,
    )
    return f"{words}; " + last % {"count": result.without_place}


def _problem(looking: Looking) -> str:
    words = _("We don't know the ZIP code “%(zip)s”. It has five digits. Results are for all places.")
    return words % {"zip": looking.zip}


def day_name(day: str) -> str:
    """ "Open today", "Open on Saturday"."""
    return _("Open today") if day == TODAY else _("Open on %(day)s") % {"day": WEEKDAYS[int(day)]}


def speaks(language: str) -> str:
    """ "Speaks Spanish"."""
    return _("Speaks %(language)s") % {"language": language_name(language)}


def _filters(looking: Looking, result: SearchResult) -> list[Choice]:
    """What is on, to take off again; then what most people switch on, with how many it would leave."""
    on = []
    if looking.need:
        on.append(Choice(need_category_name(looking.need), replace(looking, need="").link(), on=True))
    if looking.day:
        on.append(Choice(day_name(looking.day), replace(looking, day="").link(), on=True))
    if looking.language:
        on.append(Choice(speaks(looking.language), replace(looking, language="").link(), on=True))
    if looking.zip and result.place_words and looking.miles != NEAR:
        words = _("Within %(miles)s miles") % {"miles": looking.miles}
        on.append(Choice(words, replace(looking, miles=NEAR).link(), on=True))
    if looking.unknown and looking.filtered:
        on.append(Choice(_("Also where not known"), replace(looking, unknown=False).link(), on=True))
    if not result.total:
        return on
    others = []
    if not looking.day:
        others.append(_choice(_("Open today"), replace(looking, day=TODAY)))
    if not looking.language:
        others.append(_choice(speaks("es"), replace(looking, language="es")))
    return on + others


def _choice(words: str, looking: Looking) -> Choice:
    return Choice(words, looking.link(), count=count(looking.query(per_page=1)))


def _instead(looking: Looking) -> list[Choice]:
    """Nothing was found: the next best, one step away, each with what it would bring."""
    steps: list[tuple[str, Looking]] = []
    if looking.filtered and not looking.unknown:
        steps.append((_("Also show services that do not say"), replace(looking, unknown=True)))
    if looking.day:
        steps.append((_("Any day"), replace(looking, day="")))
    if looking.language:
        steps.append((_("Any language"), replace(looking, language="")))
    if looking.zip and looking.miles < FAR:
        steps.append((_("Within %(miles)s miles") % {"miles": FAR}, replace(looking, miles=FAR)))
    if looking.need and looking.words:
        steps.append((need_category_name(looking.need), replace(looking, words="")))
        steps.append((_("“%(words)s”, any need") % {"words": looking.words}, replace(looking, need="")))
    if looking.zip:
        steps.append((_("Any place"), replace(looking, zip="", miles=NEAR)))
    choices = [_choice(words, each) for words, each in steps if each.anything]
    return [each for each in choices if each.count]
