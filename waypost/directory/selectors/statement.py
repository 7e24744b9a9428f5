"""The SQL of the search. Every value is a parameter; only fixed pieces of text are put together.

Order: what is known to fit (language, day) before what is not known; then where the words stand (name;
organization, terms and needs; the rest; nowhere, but the need is the one meant); then distance; then the
day of the last confirmation.
"""

import re
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

from waypost.directory.choices import NOT_OFFERED as NOT_OFFERED_STATUS
from waypost.directory.choices import Capacity
from waypost.directory.rules.area import Place
from waypost.directory.rules.fit import ISO_LANGUAGES
from waypost.directory.rules.hours import WEEK

MILES_A_DEGREE = 69.0
MAX_TERMS = 10
_TERM = re.compile(r"[^\W_]+")
STOP_WORDS = frozenset(
    "a an and are at by do for from i in is it me my need of on or the to want we with who where how find"
    " near help un una el la los las de del en y o para por con que"
    " necesito quiero busco donde ayuda mi".split()
)

# The places of a service; where it names none, those of its organization. Hidden ones lead nowhere.
PLACES = """
place AS NOT MATERIALIZED (
  SELECT j.service_id, l.latitude, l.longitude
    FROM directory_serviceatlocation j JOIN directory_location l ON l.id = j.location_id
   WHERE l.coordinates_status = 'given' AND NOT l.confidential
  UNION ALL
  SELECT s.id, l.latitude, l.longitude
    FROM directory_location l JOIN directory_service s ON s.organization_id = l.organization_id
   WHERE l.coordinates_status = 'given' AND NOT l.confidential
     AND NOT EXISTS (SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id)
)"""
NEAREST = """
nearest AS MATERIALIZED (
  SELECT p.service_id, min(2 * 3958.8 * asin(least(1, sqrt(
      sin(radians(p.latitude - %(latitude)s) / 2) ^ 2
      + cos(radians(%(latitude)s)) * cos(radians(p.latitude))
        * sin(radians(p.longitude - %(longitude)s) / 2) ^ 2)))) AS miles
    FROM place p
   WHERE point(p.longitude, p.latitude) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))
   GROUP BY p.service_id
)"""
LOCATED = "located AS MATERIALIZED (SELECT DISTINCT service_id FROM place)"
AREAS = """
area AS MATERIALIZED (
  SELECT DISTINCT coalesce(a.service_id, j.service_id) AS service_id
    FROM directory_servicearea a LEFT JOIN directory_serviceatlocation j ON j.id = a.service_at_location_id
   WHERE concat_ws(' ', a.name, a.description, a.extent) ~* %(area)s
)"""
LANGUAGES = """
spoken AS MATERIALIZED (
  SELECT coalesce(g.service_id, j.service_id) AS service_id,
         bool_or(strpos(lower(g.name), %(language)s) > 0 OR lower(left(g.code, 2)) = %(language_code)s) AS yes
    FROM directory_language g LEFT JOIN directory_serviceatlocation j ON j.location_id = g.location_id
   WHERE g.service_id IS NOT NULL OR j.service_id IS NOT NULL
   GROUP BY 1
)"""
SPEAKS = "(coalesce(sp.yes, false) OR strpos(lower(s.interpretation_services), %(language)s) > 0)"
DAYS = """
days AS MATERIALIZED (
  SELECT coalesce(h.service_id, j.service_id, k.service_id) AS service_id,
         bool_or(strpos(h.byday, %(weekday)s) > 0) AS yes
    FROM directory_schedule h
    LEFT JOIN directory_serviceatlocation j ON j.id = h.service_at_location_id
    LEFT JOIN directory_serviceatlocation k ON k.location_id = h.location_id
   WHERE NOT h.holiday AND h.opens_at IS NOT NULL AND h.byday <> ''
   GROUP BY 1
)"""
OPENS = "coalesce(d.yes, false)"


@dataclass(slots=True)
class Statement:
    """The parts of the statement; ``limit`` and ``offset`` choose the page."""

    params: dict[str, Any] = field(default_factory=dict)
    with_: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    without_place: str = "false"

    @property
    def _body(self) -> str:
        tables = "directory_service s JOIN directory_organization o ON o.id = s.organization_id"
        return f"FROM {tables} {' '.join(self.joins)} WHERE {' AND '.join(self.where)}"

    @property
    def _head(self) -> str:
        return f"WITH {', '.join(self.with_)} " if self.with_ else ""

    @property
    def rows(self) -> str:
        """Id, total of all hits, hits of which no place is known; in order."""
        order = ", ".join([*self.order, "s.confirmed_on DESC NULLS LAST", "lower(s.name)", "s.id"])
        counts = f"count(*) OVER (), count(*) FILTER (WHERE {self.without_place}) OVER ()"
        page = "LIMIT %(limit)s OFFSET %(offset)s"
        return f"{self._head}SELECT s.id, {counts} {self._body} ORDER BY {order} {page}"


def statement(
    *,
    words: str,
    meant: tuple[str, ...],
    need: str,
    place: Place | None,
    radius: float,
    language: str,
    weekday: int | None,
    accepting: bool,
    include_unknown: bool,
) -> Statement:
    """Put the parts together. ``meant`` are the need categories that the words speak of."""
    asked = Statement(params={"not_offered": list(NOT_OFFERED_STATUS)})
    asked.where.append("NOT s.status = ANY(%(not_offered)s)")
    if need:
        asked.where.append("s.need_categories @> ARRAY[%(need)s]::varchar[]")
        asked.params["need"] = need
    if accepting:
        asked.where.append("s.capacity_status = ANY(%(accepting)s)")
        asked.params["accepting"] = [Capacity.ACCEPTING.value, Capacity.UNKNOWN.value]
    if language.strip():
        _language(asked, language, include_unknown)
    if weekday is not None:
        _weekday(asked, weekday, include_unknown)
    if words.strip():
        _words(asked, words, meant)
    if place and place.latitude is not None and place.longitude is not None:
        _place(asked, place, radius)
    return asked


def _words(asked: Statement, words: str, meant: tuple[str, ...]) -> None:
    """Every word has to stand there, stemmed or as a beginning; or the listing answers the need meant."""
    terms = [term for term in _TERM.findall(words.lower()) if term not in STOP_WORDS][:MAX_TERMS]
    pieces = []
    for number, term in enumerate(terms):
        asked.params |= {f"term{number}": term, f"start{number}": f"'{term}':*"}
        pieces.append(
            f"(plainto_tsquery('waypost_english', %(term{number})s)"
            f" || to_tsquery('waypost_simple', %(start{number})s))"
        )
    if not pieces and not meant:
        return
    asked.params["meant"] = list(meant)
    asked.with_.append(f"asked AS (SELECT {' && '.join(pieces) or 'NULL::tsquery'} AS q)")
    asked.joins.append("CROSS JOIN asked")
    asked.where.append("(s.search_document @@ asked.q OR s.need_categories && %(meant)s::varchar[])")
    asked.order.append(
        "CASE WHEN asked.q IS NULL OR NOT s.search_document @@ asked.q THEN 3"
        " WHEN ts_rank('{0,0,0,1}', s.search_document, asked.q) > 0.05 THEN 0"
        " WHEN ts_rank('{0,0,1,0}', s.search_document, asked.q) > 0.05 THEN 1 ELSE 2 END"
    )


def _place(asked: Statement, place: Place, radius: float) -> None:
    """Within the radius; or no place known; or the service area names where the person lives."""
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    high = radius / MILES_A_DEGREE
    wide = radius / (MILES_A_DEGREE * max(0.1, cos(radians(latitude))))
    names = [place.zip, place.city, place.county, place.state_name]
    asked.params |= {
        "latitude": latitude,
        "longitude": longitude,
        "south": latitude - high,
        "north": latitude + high,
        "west": longitude - wide,
        "east": longitude + wide,
        "radius": radius,
        "area": rf"\m({'|'.join(re.escape(name) for name in names if name)})\M",
    }
    asked.with_ += [PLACES, NEAREST, LOCATED, AREAS]
    asked.joins += [
        "LEFT JOIN nearest n ON n.service_id = s.id AND n.miles <= %(radius)s AND NOT o.is_victim_service",
        "LEFT JOIN located l ON l.service_id = s.id AND NOT o.is_victim_service",
        "LEFT JOIN area a ON a.service_id = s.id",
    ]
    asked.where.append("(n.service_id IS NOT NULL OR l.service_id IS NULL OR a.service_id IS NOT NULL)")
    asked.without_place = "l.service_id IS NULL"
    asked.order.append("n.miles ASC NULLS LAST")


def _language(asked: Statement, language: str, include_unknown: bool) -> None:
    wanted = language.strip().lower()[:40]
    name = ISO_LANGUAGES.get(wanted, wanted)
    code = next((code for code, each in ISO_LANGUAGES.items() if each == name), wanted)
    asked.params |= {"language": name, "language_code": code}
    asked.with_.append(LANGUAGES)
    asked.joins.append("LEFT JOIN spoken sp ON sp.service_id = s.id")
    asked.where.append(f"({SPEAKS} OR sp.service_id IS NULL)" if include_unknown else SPEAKS)
    asked.order.append(f"(NOT {SPEAKS})")


def _weekday(asked: Statement, weekday: int, include_unknown: bool) -> None:
    asked.params["weekday"] = WEEK[weekday % len(WEEK)]
    asked.with_.append(DAYS)
    asked.joins.append("LEFT JOIN days d ON d.service_id = s.id")
    asked.where.append(f"({OPENS} OR d.service_id IS NULL)" if include_unknown else OPENS)
    asked.order.append(f"(NOT {OPENS})")
