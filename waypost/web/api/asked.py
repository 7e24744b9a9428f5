"""The parameters of a question, read strictly: a misspelt filter must not answer everything."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from waypost.directory.selectors.open_query import OpenQuery

COMMON = ("search", "page", "per_page", "format", "hsds_version")
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "services": (
        *COMMON, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "minimal", "full",
    ),
    "organizations": (*COMMON, "taxonomy_term_id", "taxonomy_id", "full_service", "full"),
    "service_at_locations": (
        *COMMON, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full",
        "postcode", "proximity",
    ),
    "taxonomies": COMMON,
    "taxonomy_terms": (*COMMON, "taxonomy_id", "top_only", "parent_id"),
    "tombstones": ("page", "per_page", "modified_after"),
}  # fmt: skip
PER_PAGE, MOST, MOST_FULL, MOST_MINIMAL = 50, 1000, 100, 100_000
LAST_PAGE = 10_000_000
LONGEST = 500
LONGEST_BODY = 100_000
MOST_IDS = 10
MOST_METRES = 20_100_000  # half of the way round the Earth
FORMATS = ("json", "ndjson")
VERSIONS = ("3.2", "3.3")
REPEATED = ("taxonomy_term_id", "taxonomy_id")
FLAGS = ("minimal", "full", "full_service", "top_only")
NUMBERS = ("page", "per_page")
_DIGITS = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # what no database, and what no encoding can hold
_LOST_PLUS = re.compile(r"(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) (\d{2}:?\d{2})$")


class BadQuestion(Exception):
    """A parameter that cannot be understood; ``words`` say which and what could stand there."""

    def __init__(self, words: str, parameter: str = "") -> None:
        super().__init__(words)
        self.words, self.parameter = words, parameter


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; ``paged``: a page was named."""

    query: OpenQuery = field(default_factory=OpenQuery)
    page: int = 1
    per_page: int = PER_PAGE
    paged: bool = False
    lines: bool = False
    full: bool = False
    full_service: bool = False
    minimal: bool = False
    version: str = ""


def asked(request: HttpRequest, table: str) -> Asked:
    """Read the address (and, of a POST, a JSON object with the same names). Raises BadQuestion."""
    given = _given(request, PARAMETERS[table])
    number = _number(given, "page", LAST_PAGE)
    minimal, full = _flag(given, "minimal"), _flag(given, "full")
    full_service = _flag(given, "full_service")
    if minimal and full:
        raise BadQuestion("minimal and full cannot both be true.", "full")
    per_page = _number(given, "per_page", MOST_MINIMAL if minimal else MOST)
    most = MOST_FULL if full or full_service else MOST_MINIMAL if minimal else MOST
    return Asked(
        query=_query(given),
        page=number or 1,
        per_page=min(per_page or (MOST_MINIMAL if minimal else PER_PAGE), most),
        paged=bool(number or per_page),
        lines=_choice(given, "format", FORMATS) == "ndjson",
        full=full,
        full_service=full_service,
        minimal=minimal,
        version=_choice(given, "hsds_version", VERSIONS),
    )


def version_asked(request: HttpRequest, *flags: str) -> tuple[str, dict[str, bool]]:
    """The parameters of a single object: in which version's words, and the flags that it knows."""
    given = _given(request, ("hsds_version", *flags))
    return _choice(given, "hsds_version", VERSIONS), {each: _flag(given, each) for each in flags}


def _query(given: Mapping[str, list[str]]) -> OpenQuery:
    postcode, proximity = _one(given, "postcode"), _decimal(given, "proximity")
    if proximity is not None and not postcode:
        raise BadQuestion("proximity needs a postcode from whose middle it is measured.", "proximity")
    return OpenQuery(
        search=_one(given, "search"),
        taxonomy_term_ids=_several(given, "taxonomy_term_id"),
        taxonomy_ids=_several(given, "taxonomy_id"),
        organization_id=_one(given, "organization_id"),
        modified_after=_moment(given, "modified_after"),
        postcode=postcode,
        proximity=proximity,
        parent_id=_one(given, "parent_id"),
        top_only=_flag(given, "top_only"),
    )


def _given(request: HttpRequest, known: tuple[str, ...]) -> dict[str, list[str]]:
    given = {name: list(values) for name, values in request.GET.lists()}
    for name, values in _body(request).items():
        if name in given:
            raise BadQuestion(f"{name} stands in the address and in the body.", name)
        given[name] = values
    for name, values in given.items():
        if name not in known:
            raise BadQuestion(
                f"There is no parameter {name[:80]!r} here. Known: {', '.join(known)}.", name[:80]
            )
        if any(len(each) > LONGEST or _UNREADABLE.search(each) for each in values):
            raise BadQuestion(f"{name} is too long or holds a character that cannot be read.", name)
        if len(values) > 1 and name not in REPEATED:
            raise BadQuestion(f"{name} comes more than once.", name)
    return given


def _body(request: HttpRequest) -> dict[str, list[str]]:
    """A POST twin takes the same parameters as a JSON object, so that they stand in no log of addresses."""
    if request.method != "POST":
        return {}
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        raise BadQuestion(f"The body is longer than {LONGEST_BODY} bytes.")
    if not request.body.strip():
        return {}
    if request.content_type != "application/json":
        raise BadQuestion("A body must be a JSON object with the names of the parameters.")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadQuestion("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise BadQuestion("The body must be a JSON object with the names of the parameters.")
    if any(_UNREADABLE.search(name) for name in body):
        raise BadQuestion("The name of a parameter holds a character that cannot be read.")
    return {name: _values(name[:80], value) for name, value in body.items()}


def _values(name: str, value: Any) -> list[str]:
    """A value of the body as it would stand in the address."""
    if name in FLAGS:
        if not isinstance(value, bool):
            raise BadQuestion(f"{name} must be true or false.", name)
        return ["true" if value else "false"]
    if name in NUMBERS:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole:
            raise BadQuestion(f"{name} must be a whole number.", name)
        return [str(int(value))]
    values = value if isinstance(value, list) and name in REPEATED else [value]
    if not all(isinstance(each, str) for each in values):
        raise BadQuestion(f"{name} must be a text.", name)
    return values


def _one(given: Mapping[str, list[str]], name: str) -> str:
    return given.get(name, [""])[0].strip()


def _several(given: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    values = [each.strip() for each in given.get(name, []) if each.strip()]
    if len(values) > MOST_IDS:
        raise BadQuestion(f"{name} may come up to {MOST_IDS} times.", name)
    return tuple(dict.fromkeys(values))


def _flag(given: Mapping[str, list[str]], name: str) -> bool:
    if name not in given:
        return False
    words = given[name][0].strip().lower()
    if words not in ("true", "false"):
        raise BadQuestion(f"{name} must be true or false.", name)
    return words == "true"


def _choice(given: Mapping[str, list[str]], name: str, known: tuple[str, ...]) -> str:
    if name not in given:
        return ""
    words = given[name][0].strip()
    if words not in known:
        raise BadQuestion(f"{name} must be {' or '.join(known)}.", name)
    return words


def _number(given: Mapping[str, list[str]], name: str, most: int) -> int | None:
    if name not in given:
        return None
    words = given[name][0].strip()
    if not _DIGITS.fullmatch(words) or not 1 <= int(words) <= most:
        raise BadQuestion(f"{name} must be a whole number from 1 to {most}.", name)
    return int(words)


def _decimal(given: Mapping[str, list[str]], name: str) -> float | None:
    if name not in given:
        return None
    words = given[name][0].strip()
    value = float(words) if _DECIMAL.fullmatch(words) else math.inf
    if value > MOST_METRES:
        raise BadQuestion(f"{name} must be a number of metres from 0 to {MOST_METRES}.", name)
    return value


def _moment(given: Mapping[str, list[str]], name: str) -> datetime | None:
    """RFC 3339 or a day; without a zone it is UTC. A '+' that became a space in the address is mended."""
    if name not in given:
        return None
    words = _LOST_PLUS.sub(r"\1+\2", given[name][0].strip())
    try:
        found = datetime.fromisoformat(words)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadQuestion(f"{name} must be a moment such as 2026-11-01T00:00:00Z.", name) from None
