"""What somebody looks for, as it stands in the URL."""

from dataclasses import dataclass, replace
from datetime import time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from waypost.directory.rules.situations import ACCESSIBLE, SITUATIONS
from waypost.directory.selectors import SearchQuery, need_category
from waypost.kernel.clock import today
from waypost.web.paging import words_of
from waypost.web.presenting import LANGUAGES

PER_PAGE = 20
MILES = (1, 2, 5, 10, 25, 50, 100)
NEAR, FAR = 25, 100
TODAY = "today"
DAYS = (TODAY, "0", "1", "2", "3", "4", "5", "6")
HOURS = tuple(str(hour) for hour in range(6, 23))
COSTS = ("free", "low")
OLDEST = 120
SHORT = 60
# Parameter of the address -> field, for those that are on or off, with the value that switches them on.
SWITCHES = {
    "now": ("open_now", "1"),
    "area": ("serves", "serves"),
    "papers": ("no_documents", "none"),
    "way": ("walk_in", "walk_in"),
    "room": ("accepting", "yes"),
    "transit": ("transit", "yes"),
    "known": ("known_only", "1"),
}


@dataclass(frozen=True, slots=True)
class Looking:
    """What somebody looks for. ``place``: a ZIP or a city; ``known_only``: no listing silent about a filter.

    ``serves``: whose area takes the place in, wherever they are; else whatever is within ``miles``.
    """

    words: str = ""
    place: str = ""
    need: str = ""
    language: str = ""
    day: str = ""
    hour: str = ""
    open_now: bool = False
    serves: bool = False
    miles: int = NEAR
    age: int | None = None
    situations: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    cost: str = ""
    no_documents: bool = False
    walk_in: bool = False
    accepting: bool = False
    transit: bool = False
    known_only: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to look for."""
        return replace(self, miles=NEAR, known_only=False) != Looking()

    @property
    def filtered(self) -> bool:
        """Whether a filter is on about which listings may be silent."""
        bare = Looking(words=self.words, place=self.place, need=self.need)
        return replace(self, miles=NEAR, known_only=False) != bare

    def query(self, page: int = 1, per_page: int = PER_PAGE) -> SearchQuery:
        """The same for the directory. Listings silent about a filter come last, or not at all."""
        weekday = today().weekday() if self.day == TODAY else int(self.day) if self.day else None
        return SearchQuery(
            words=self.words,
            zip=self.place,
            need=self.need,
            language=self.language,
            weekday=weekday,
            at_hour=time(int(self.hour)) if self.hour else None,
            open_now=self.open_now,
            serves_only=self.serves,
            radius_miles=self.miles,
            age=self.age,
            situations=self.situations,
            accessibility=self.accessibility,
            cost=self.cost,
            no_documents=self.no_documents,
            walk_in=self.walk_in,
            accepting=self.accepting,
            transit=self.transit,
            include_unknown=not self.known_only,
            page=page,
            per_page=per_page,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address, without those that say nothing."""
        plain = [
            ("q", self.words),
            ("zip", self.place),
            ("need", self.need),
            ("language", self.language),
            ("day", self.day),
            ("hour", self.hour),
            ("miles", "" if self.miles == NEAR else str(self.miles)),
            ("age", "" if self.age is None else str(self.age)),
            ("cost", self.cost),
            *(("situation", each) for each in self.situations),
            *(("access", each) for each in self.accessibility),
            *((name, value) for name, (field, value) in SWITCHES.items() if getattr(self, field)),
        ]
        return [(name, value) for name, value in plain if value]

    def link(self) -> str:
        """The address of this search, from the page it is on."""
        return "?" + urlencode(self.pairs())

    @property
    def query_words(self) -> str:
        """What stands in the address after the question mark."""
        return self.link().removeprefix("?")

    def without(self, *names: str) -> "Looking":
        """The same with these fields as if nobody had set them."""
        bare = Looking()
        return replace(self, **{name: getattr(bare, name) for name in names})

    def at(self, place: str) -> "Looking":
        """The same at another place."""
        return replace(self, place=place)

    def with_(self, other: "Looking", *names: str) -> "Looking":
        """The same with these fields as ``other`` has them."""
        return replace(self, **{name: getattr(other, name) for name in names})

    def kept_beside(self, *own: str) -> list[tuple[str, str]]:
        """The parameters that a form without those fields has to carry along."""
        return self.without(*own).pairs()


def looking_for(request: HttpRequest) -> Looking:
    """Read the URL; what cannot be meant there is left out."""
    return replace(read(request.GET), words=words_of(request))


def read(given: QueryDict) -> Looking:
    """The same from parameters alone, as a saved search keeps them."""
    one = {name: given.get(name, "") for name in ("need", "language", "day", "hour", "miles", "age", "cost")}
    switches: dict[str, Any] = {field: given.get(name) == value for name, (field, value) in SWITCHES.items()}
    return Looking(
        words=_tidy(given.get("q", ""))[:200],
        place=_tidy(given.get("zip", ""))[:SHORT],
        need=one["need"] if need_category(one["need"]) else "",
        language=one["language"] if one["language"] in LANGUAGES else "",
        day=one["day"] if one["day"] in DAYS else "",
        hour=one["hour"] if one["hour"] in HOURS else "",
        miles=int(one["miles"]) if one["miles"] in {str(each) for each in MILES} else NEAR,
        age=_age(one["age"].strip()),
        cost=one["cost"] if one["cost"] in COSTS else "",
        situations=tuple(each for each in SITUATIONS if each in given.getlist("situation")),
        accessibility=tuple(each for each in ACCESSIBLE if each in given.getlist("access")),
        **switches,
    )


def _tidy(text: str) -> str:
    return text.replace("\x00", "").strip()


def _age(text: str) -> int | None:
    """Whole years from 0 to 120, in plain digits."""
    known = text.isascii() and text.isdigit() and len(text) <= len(str(OLDEST)) and int(text) <= OLDEST
    return int(text) if known else None
