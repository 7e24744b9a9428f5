"""Service areas that are shapes: the ZIP codes whose middle lies in one, so that the search finds them."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from waypost.directory.rules.shapes import miles_outside, read_shape
from waypost.directory.zips import zip_points

SHAPES = """
SELECT array_agg(DISTINCT f.id), a.extent FROM (
    SELECT service_id, extent FROM directory_servicearea WHERE service_id = ANY(%(ids)s)
    UNION ALL
    SELECT j.service_id, a.extent FROM directory_serviceatlocation j
      JOIN directory_servicearea a ON a.service_at_location_id = j.id WHERE j.service_id = ANY(%(ids)s)) a
  JOIN directory_finding f ON f.service_id = a.service_id AND f.area_document <> ''::tsvector
 WHERE a.extent ~* '^\\s*(\\{|(srid=[0-9]+;)?\\s*(multi)?polygon)'
 GROUP BY a.extent
"""
ADD = """
UPDATE directory_finding SET area_document = area_document || to_tsvector('waypost_simple', %s)
 WHERE id = ANY(%s)
"""


def add_shapes(cursor: CursorWrapper, ids: Sequence[UUID]) -> None:
    """Add to what the search reads of these services the ZIP codes within their shapes."""
    cursor.execute(SHAPES, {"ids": list(ids)})
    for findings, extent in cursor.fetchall():
        if codes := zips_within(extent):
            cursor.execute(ADD, [codes, findings])


@lru_cache(maxsize=256)
def zips_within(extent: str) -> str:
    """ZIP codes with a space between them; '' for what is no shape."""
    corners = [point for polygon in read_shape(extent) for point in polygon[0]]
    if not corners:
        return ""
    west, east = min(x for x, _y in corners), max(x for x, _y in corners)
    south, north = min(y for _x, y in corners), max(y for _x, y in corners)
    return " ".join(
        code
        for code, longitude, latitude in zip_points()
        if west <= longitude <= east
        and south <= latitude <= north
        and miles_outside(extent, longitude, latitude) == 0
    )
