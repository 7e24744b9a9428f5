"""Service areas as shapes: GeoJSON (RFC 7946) and WKT polygons, and whether a point lies in them."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, hypot, radians
from typing import Any

Ring = tuple[tuple[float, float], ...]  # (longitude, latitude), closed or not
Polygon = tuple[Ring, ...]  # the outer ring, then holes

MILES_A_DEGREE = 69.0
MAX_POINTS = 20_000
MAX_DEPTH = 5
CORNERS = 3
# For texts in which no two spaces follow one another: else it takes the square of their number.
# For texts without two spaces in a row: else it takes the square of their number.
_WKT = re.compile(r"^\s*(?:SRID=\d+;)?\s*(?:MULTI)?POLYGON\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$", re.I | re.S)
_RING = re.compile(r"\(([^()]+)\)")


def miles_outside(extent: str, longitude: float, latitude: float) -> float | None:
    """0.0 within the shape (its edge included), else the miles to its edge; None when it is no shape."""
    polygons = read_shape(extent)
    if not polygons:
        return None
    return min(_outside(polygon, longitude, latitude) for polygon in polygons)


@lru_cache(maxsize=512)
def read_shape(extent: str) -> tuple[Polygon, ...]:
    """The polygons of a GeoJSON object or a WKT text; empty when there is none that can be read."""
    text = extent.strip()
    try:
        found = (
            tuple(_geojson(json.loads(text), 0))
            if text.startswith("{")
            else tuple(_wkt(" ".join(text.split())))
        )
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return ()
    points = sum(len(ring) for polygon in found for ring in polygon)
    return found if points <= MAX_POINTS else ()


def _geojson(body: Any, depth: int) -> Iterator[Polygon]:
    kind = body["type"]
    if depth > MAX_DEPTH:
        return
    if kind == "FeatureCollection":
        for each in body["features"]:
            yield from _geojson(each, depth + 1)
    elif kind == "Feature":
        yield from _geojson(body["geometry"], depth + 1)
    elif kind == "GeometryCollection":
        for each in body["geometries"]:
            yield from _geojson(each, depth + 1)
    elif kind == "Polygon":
        yield _polygon(body["coordinates"])
    elif kind == "MultiPolygon":
        yield from (_polygon(each) for each in body["coordinates"])


def _wkt(text: str) -> Iterator[Polygon]:
    """Rings that lie in one another's brackets are one polygon: '((outer), (hole)), ((outer))'."""
    found = _WKT.match(text)
    if not found:
        return
    for part in re.split(r"\)\s*\)\s*,\s*\(\s*\(", found[1]):
        rings = _RING.findall(f"({part.strip('() ')})") if "),(" not in part.replace(" ", "") else None
        texts = rings or re.split(r"\)\s*,\s*\(", part.strip("() "))
        yield _polygon([[pair.split()[:2] for pair in ring.split(",")] for ring in texts])


def _polygon(rings: Sequence[Sequence[Sequence[Any]]]) -> Polygon:
    made = tuple(tuple((float(point[0]), float(point[1])) for point in ring) for ring in rings)
    if not made or any(len(ring) < CORNERS for ring in made):
        raise ValueError("a ring has three corners at least")
    return made


def _outside(polygon: Polygon, longitude: float, latitude: float) -> float:
    outer, *holes = polygon
    edge = min(_to_edge(ring, longitude, latitude) for ring in polygon)
    inside = _within(outer, longitude, latitude) and not any(
        _within(hole, longitude, latitude) for hole in holes
    )
    return 0.0 if inside else edge


def _within(ring: Ring, x: float, y: float) -> bool:
    """Even-odd rule: a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _to_edge(ring: Ring, x: float, y: float) -> float:
    """Miles to the nearest edge, on a plane (good to a few per cent over a county)."""
    wide = MILES_A_DEGREE * cos(radians(y))
    least = float("inf")
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        px, py = (x - ax) * wide, (y - ay) * MILES_A_DEGREE
        dx, dy = (bx - ax) * wide, (by - ay) * MILES_A_DEGREE
        length = dx * dx + dy * dy
        along = 0.0 if not length else max(0.0, min(1.0, (px * dx + py * dy) / length))
        least = min(least, hypot(px - along * dx, py - along * dy))
    return least
