"""Each filter as SQL over a finding ``f``: when it is known to hold, and when the listing does not say.

Every value is a parameter; only fixed pieces of text are put together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from waypost.directory.choices import Capacity
from waypost.directory.facets import SILENT, key
from waypost.directory.rules.fit import ISO_LANGUAGES
from waypost.directory.selectors.asked import SearchQuery
from waypost.kernel.clock import now, today

NO_AGE = 150
CAPACITY = (
    "(CASE WHEN f.capacity_until < %(today)s::date THEN 'unknown' ELSE f.capacity END)"  # it ends by itself
)
NEVER = "false"


@dataclass(frozen=True, slots=True)
class Test:
    """``known``: the listing says so. ``silent``: the listing says nothing about it.

    ``keys``: the finding has to have one key of each group for it to be known (directory/facets.py).
    ``quiet``: the key that it has where it says nothing; '' when there is none.
    """

    known: str
    silent: str
    keys: tuple[tuple[str, ...], ...] = ()
    quiet: str = ""

    def passes(self, include_unknown: bool) -> str:
        """What a finding has to be; never NULL."""
        both = f"({self.known}) OR ({self.silent})" if include_unknown else self.known
        return f"coalesce({both}, false)"

    def narrowed(self, params: "Params", include_unknown: bool) -> str:
        """The same for the index where the filter has keys, else as it is."""
        if not self.keys:
            return self.passes(include_unknown)
        more = [self.quiet] if include_unknown and self.quiet else []
        return " AND ".join(f"f.keys && {params.take([*each, *more])}::text[]" for each in self.keys)


class Params(dict[str, Any]):
    """Parameters of a statement, named as they come."""

    def take(self, value: Any) -> str:
        """The placeholder of a value."""
        name = f"v{len(self)}"
        self[name] = value
        return f"%({name})s"


def _need(value: Any, params: Params, query: SearchQuery) -> Test:
    return Test(
        f"f.need_categories @> ARRAY[{params.take(value)}::text]::text[]", NEVER, ((key("need", value),),)
    )


def language_codes(language: str) -> list[str]:
    """'Spanish' and 'es' alike lead to both."""
    wanted = language.strip().lower()[:40]
    name = ISO_LANGUAGES.get(wanted, wanted)
    code = next((code for code, each in ISO_LANGUAGES.items() if each == name), wanted)
    return [name, code]


def _language(value: Any, params: Params, query: SearchQuery) -> Test:
    codes = language_codes(value)
    return Test(
        f"f.languages && {params.take(codes)}::text[]",
        "f.languages IS NULL",
        (tuple(key("language", code) for code in codes),),
        key("language", SILENT),
    )


def _weekday(value: Any, params: Params, query: SearchQuery) -> Test:
    if query.at_hour is None:
        return Test(
            f"(f.weekdays >> {params.take(value % 7)}::int) & 1 = 1",
            "f.weekdays IS NULL",
            ((key("weekday", str(value % 7)),),),
            key("weekday", SILENT),
        )
    ahead = (value - today().weekday()) % 7
    moment = params.take(f"{today() + timedelta(days=ahead)} {query.at_hour}")
    return Test(
        f"f.open_spans @> ({moment}::timestamp AT TIME ZONE coalesce(nullif(f.zone, ''), 'UTC'))",
        "f.open_spans IS NULL",
    )


def _at_hour(value: Any, params: Params, query: SearchQuery) -> Test:
    """At this hour on some day of the coming week; with a weekday, that filter looks at the hour."""
    if query.weekday is not None:
        return Test("true", NEVER)
    moments = " OR ".join(
        f"f.open_spans @> ({params.take(f'{today() + timedelta(days=ahead)} {value}')}::timestamp"
        " AT TIME ZONE coalesce(nullif(f.zone, ''), 'UTC'))"
        for ahead in range(7)
    )
    return Test(f"({moments})", "f.open_spans IS NULL")


def _open_now(value: Any, params: Params, query: SearchQuery) -> Test:
    return Test(f"f.open_spans @> {params.take(now())}::timestamptz", "f.open_spans IS NULL")


def _accepting(value: Any, params: Params, query: SearchQuery) -> Test:
    return Test(f"{CAPACITY} = '{Capacity.ACCEPTING}'", f"{CAPACITY} = '{Capacity.UNKNOWN}'")


def _age(value: Any, params: Params, query: SearchQuery) -> Test:
    age = f"{params.take(max(0, min(int(value), NO_AGE)))}::int"
    inside = f"coalesce(f.minimum_age <= {age}, true) AND coalesce({age} < f.maximum_age + 1, true)"
    said = "NOT (f.minimum_age IS NULL AND f.maximum_age IS NULL)"
    return Test(f"{said} AND {inside}", f"NOT ({said})")


def _situations(value: Any, params: Params, query: SearchQuery) -> Test:
    return _all_of("situations", value, params)


def _accessibility(value: Any, params: Params, query: SearchQuery) -> Test:
    return _all_of("accessibility", value, params)


def _all_of(name: str, values: Any, params: Params) -> Test:
    return Test(
        f"f.{name} @> {params.take(list(values))}::text[]",
        f"f.{name} IS NULL",
        tuple((key(name, each),) for each in values),
        key(name, SILENT),
    )


def _cost(value: Any, params: Params, query: SearchQuery) -> Test:
    kinds = ["free", "low"] if value == "low" else [value]
    return Test(
        f"f.cost = ANY({params.take(kinds)}::text[])",
        "f.cost = 'unknown'",
        ((key("cost", value),),),
        key("cost", SILENT),
    )


def _no_documents(value: Any, params: Params, query: SearchQuery) -> Test:
    return _switch("no_documents", "f.documents = 'none'", "f.documents = 'unknown'")


def _walk_in(value: Any, params: Params, query: SearchQuery) -> Test:
    return _switch("walk_in", "f.walk_in", "f.walk_in IS NULL")


def _transit(value: Any, params: Params, query: SearchQuery) -> Test:
    return _switch("transit", "f.transit", "f.transit IS NULL")


def _switch(name: str, known: str, silent: str) -> Test:
    return Test(known, silent, ((key(name, "true"),),), key(name, SILENT))


TESTS: Mapping[str, Callable[[Any, Params, SearchQuery], Test]] = {
    "need": _need,
    "language": _language,
    "weekday": _weekday,
    "at_hour": _at_hour,
    "open_now": _open_now,
    "accepting": _accepting,
    "age": _age,
    "situations": _situations,
    "accessibility": _accessibility,
    "cost": _cost,
    "no_documents": _no_documents,
    "walk_in": _walk_in,
    "transit": _transit,
}
LISTS = ("situations", "accessibility")
UNCOUNTED = ("open_now", "accepting", "transit")


def chosen(query: SearchQuery) -> dict[str, Any]:
    """The filters that are on, with their values."""
    values = {name: getattr(query, name) for name in TESTS}
    values["language"] = query.language.strip()
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", ())  # 0 is Monday, or a newborn
    }


def own_tests(query: SearchQuery, params: Params) -> list[tuple[str, str, Test]]:
    """The choices of which a finding's bits say nothing, as tests: filter, value, test."""
    found = [(name, "true", TESTS[name](True, params, query)) for name in UNCOUNTED]
    if query.at_hour is not None:  # a day then means: open at that hour of that day
        days = (replace(query, weekday=day) for day in range(7))
        found += [("weekday", str(each.weekday), _weekday(each.weekday, params, each)) for each in days]
    return found
