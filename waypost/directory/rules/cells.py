"""The map as squares, so that an index finds what is near: each place lies in one square of each size."""

from collections.abc import Iterator
from math import asin, cos, floor, radians, sin, sqrt

EARTH_MILES = 3958.8
MILES_A_DEGREE = 69.0
SIZES = (0.1, 0.5, 2.0, 8.0)  # degrees
MOST_CELLS = 130
RINGS = (0.125, 0.25, 0.5, 1.0)  # of the radius


def cells_of(latitude: float, longitude: float) -> list[str]:
    """The names of the squares that hold a point, one of each size."""
    return [_name(level, floor(latitude / size), floor(longitude / size)) for level, size in enumerate(SIZES)]


def rings(latitude: float, longitude: float, radius: float) -> list[list[str]]:
    """The squares that a circle (miles) touches, in rings from the middle outwards; no square is in two.

    The smallest size is taken of which no more than ``MOST_CELLS`` cover the circle's box.
    """
    high = radius / MILES_A_DEGREE
    wide = radius / (MILES_A_DEGREE * max(0.1, cos(radians(latitude))))
    box = (latitude - high, latitude + high, longitude - wide, longitude + wide)
    level = next((n for n, size in enumerate(SIZES) if _count(box, size) <= MOST_CELLS), len(SIZES) - 1)
    found: list[list[str]] = [[] for _ in RINGS]
    for name, away in _covering(box, level, latitude, longitude):
        at = next((n for n, part in enumerate(RINGS) if away <= part * radius), None)
        if at is not None:
            found[at].append(name)
    return [each for each in found if each]


def _count(box: tuple[float, float, float, float], size: float) -> int:
    south, north, west, east = (floor(each / size) for each in box)
    return (north - south + 1) * (east - west + 1)


def _covering(
    box: tuple[float, float, float, float], level: int, latitude: float, longitude: float
) -> Iterator[tuple[str, float]]:
    """Each square of the box with the distance of its nearest point (a little less, never more)."""
    size = SIZES[level]
    south, north, west, east = (floor(each / size) for each in box)
    for y in range(south, north + 1):
        near_y = min(max(latitude, y * size), (y + 1) * size)
        for x in range(west, east + 1):
            near_x = min(max(longitude, x * size), (x + 1) * size)
            yield _name(level, y, x), 0.95 * miles(latitude, longitude, near_y, near_x)


def miles(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance (haversine)."""
    over = radians(other_latitude - latitude)
    along = radians(other_longitude - longitude)
    chord = sin(over / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(along / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(chord)))


def _name(level: int, y: int, x: int) -> str:
    return f"c{level}:{y}:{x}"
