"""The SQL of the search. Every value is a parameter; only fixed pieces of text are put together.

Order: what is known to fit (language, day) before what is not known; then where the words stand (name;
organization, terms and needs; the rest); then distance; then the day of the last confirmation.
"""

import re
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

from waypost.directory.choices import Capacity, CoordinatesStatus
from waypost.directory.choices import NOT_OFFERED as NOT_OFFERED_STATUS
from waypost.directory.rules.area import Place
from waypost.directory.rules.fit import ISO_LANGUAGES
from waypost.directory.rules.hours import WEEK

MILES_A_DEGREE = 69.0
MAX_TERMS = 10
_TERM = re.compile(r"[^\W_]+")
STOP_WORDS = frozenset(
    "a an and are at by do for from i in is it me my need of on or the to want we with who where how find near help"
    " un una el la los las de del en y o para por con que necesito quiero busco donde ayuda mi".split()
)

PLACES = """
place AS (
  SELECT j.service_id, l.id AS location_id, l.latitude, l.longitude
    FROM directory_serviceatlocation j JOIN directory_location l ON l.id = j.location_id
   WHERE l.coordinates_status = %(given)s AND NOT l.confidential {box}
  UNION ALL
  SELECT s.id, l.id, l.latitude, l.longitude
    FROM directory_service s JOIN directory_location l ON l.organization_id = s.organization_id
   WHERE l.coordinates_status = %(given)s AND NOT l.confidential {box}
     AND NOT EXISTS (SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id)
)"""
BOX = "AND point(l.longitude, l.latitude) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))"
NEAREST = """
nearest AS (
  SELECT p.service_id, min(2 * 3958.8 * asin(least(1, sqrt(
      sin(radians(p.latitude - %(latitude)s) / 2) ^ 2
      + cos(radians(%(latitude)s)) * cos(radians(p.latitude))
        * sin(radians(p.longitude - %(longitude)s) / 2) ^ 2)))) AS miles
    FROM place p JOIN directory_service s ON s.id = p.service_id
    JOIN directory_organization o ON o.id = s.organization_id AND NOT o.is_victim_service
   GROUP BY p.service_id
)"""
HAS_PLACE = """EXISTS (
  SELECT 1 FROM directory_location l
   WHERE l.coordinates_status = %(given)s AND NOT l.confidential AND NOT o.is_victim_service
     AND (l.id IN (SELECT j.location_id FROM directory_serviceatlocation j WHERE j.service_id = s.id)
          OR (l.organization_id = s.organization_id AND NOT EXISTS (
                SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id))))"""
IN_AREA = """EXISTS (
  SELECT 1 FROM directory_servicearea a
   WHERE (a.service_id = s.id OR a.service_at_location_id IN (
            SELECT j.id FROM directory_serviceatlocation j WHERE j.service_id = s.id))
     AND concat_ws(' ', a.name, a.description, a.extent) ~* %(area)s)"""
LANGUAGES = """FROM directory_language g
   WHERE (g.service_id = s.id OR g.location_id IN (
            SELECT j.location_id FROM directory_serviceatlocation j WHERE j.service_id = s.id))"""
SPEAKS = f"""(EXISTS (SELECT 1 {LANGUAGES}
     AND (strpos(lower(g.name), %(language)s) > 0 OR lower(left(g.code, 2)) = %(language_code)s))
   OR strpos(lower(s.interpretation_services), %(language)s) > 0)"""  # noqa: S608 - fixed text
SCHEDULES = """FROM directory_schedule h
   WHERE NOT h.holiday AND h.opens_at IS NOT NULL AND h.byday <> ''
     AND (h.service_id = s.id
          OR h.service_at_location_id IN (
               SELECT j.id FROM directory_serviceatlocation j WHERE j.service_id = s.id)
          OR h.location_id IN (
               SELECT j.location_id FROM directory_serviceatlocation j WHERE j.service_id = s.id))"""
OPEN_ON = f"EXISTS (SELECT 1 {SCHEDULES} AND strpos(h.byday, %(weekday)s) > 0)"  # noqa: S608 - fixed text


@dataclass(slots=True)
class Statement:
    """Two statements over the same hits: how many, and the ids of one page (``limit``, ``offset``)."""

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
    def count(self) -> str:
        """Total, and those of which no place is known."""
        return f"{self._head}SELECT count(*), count(*) FILTER (WHERE {self.without_place}) {self._body}"

    @property
    def rows(self) -> str:
        """Ids in order."""
        order = ", ".join([*self.order, "s.confirmed_on DESC NULLS LAST", "lower(s.name)", "s.id"])
        return f"{self._head}SELECT s.id {self._body} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s"


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
        "CASE WHEN ts_rank('{0,0,0,1}', s.search_document, asked.q) > 0.05 THEN 0"
        " WHEN s.need_categories && %(meant)s::varchar[]"
        " OR ts_rank('{0,0,1,0}', s.search_document, asked.q) > 0.05 THEN 1 ELSE 2 END"
    )


def _place(asked: Statement, place: Place, radius: float) -> None:
    """Within the radius; or no place known; or the service area names where the person lives."""
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    high = radius / MILES_A_DEGREE
    wide = radius / (MILES_A_DEGREE * max(0.1, cos(radians(latitude))))
    names = [place.zip, place.city, place.county, place.state_name]
    asked.params |= {
        "given": CoordinatesStatus.GIVEN.value,
        "latitude": latitude,
        "longitude": longitude,
        "south": latitude - high,
        "north": latitude + high,
        "west": longitude - wide,
        "east": longitude + wide,
        "radius": radius,
        "area": rf"\m({'|'.join(re.escape(name) for name in names if name)})\M",
    }
    asked.with_ += [PLACES.format(box=BOX), NEAREST]
    asked.joins.append("LEFT JOIN nearest n ON n.service_id = s.id AND n.miles <= %(radius)s")
    asked.where.append(f"(n.service_id IS NOT NULL OR NOT {HAS_PLACE} OR {IN_AREA})")
    asked.without_place = f"n.service_id IS NULL AND NOT {HAS_PLACE}"
    asked.order.append("n.miles ASC NULLS LAST")


def _language(asked: Statement, language: str, include_unknown: bool) -> None:
    wanted = language.strip().lower()[:40]
    name = ISO_LANGUAGES.get(wanted, wanted)
    code = next((code for code, each in ISO_LANGUAGES.items() if each == name), wanted)
    asked.params |= {"language": name, "language_code": code}
    unknown = f" OR NOT EXISTS (SELECT 1 {LANGUAGES})" if include_unknown else ""  # noqa: S608 - fixed text
    asked.where.append(f"({SPEAKS}{unknown})")
    asked.order.append(f"(NOT {SPEAKS})")


def _weekday(asked: Statement, weekday: int, include_unknown: bool) -> None:
    asked.params["weekday"] = WEEK[weekday % len(WEEK)]
    unknown = f" OR NOT EXISTS (SELECT 1 {SCHEDULES})" if include_unknown else ""  # noqa: S608 - fixed text
    asked.where.append(f"({OPEN_ON}{unknown})")
    asked.order.append(f"(NOT {OPEN_ON})")
