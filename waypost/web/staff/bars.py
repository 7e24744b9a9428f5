"""Stacked bars as numbers for inline SVG: whole units, so that no language writes them with a comma."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 700, 230
LEFT, RIGHT, TOP, BASE = 20, 20, 24, 196
CROWDED = 8  # from so many bars on, every second one is labelled


@dataclass(frozen=True, slots=True)
class Column:
    """A bar to draw: its label and the sizes of its parts, from the ground up."""

    label: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A rectangle of one series (1 to 5)."""

    series: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as drawn; ``label`` is empty where the axis would be crowded."""

    label: str
    middle: int
    segments: tuple[Segment, ...]
    total: int
    total_y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars, and the keys of its series by name."""

    bars: tuple[Bar, ...]
    keys: tuple[tuple[int, str], ...]
    words: str
    view_box: str = f"0 0 {WIDTH} {HEIGHT}"
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = BASE
    label_y: int = BASE + 22

    @property
    def empty(self) -> bool:
        """Nothing to draw."""
        return not any(bar.total for bar in self.bars)


def chart(columns: Sequence[Column], keys: Sequence[tuple[int, str]], words: str) -> Chart:
    """Place the columns side by side. ``keys``: series and name of each part; ``words``: what it shows."""
    highest = max((sum(column.parts) for column in columns), default=0) or 1
    step = (WIDTH - LEFT - RIGHT) / max(len(columns), 1)
    width = round(min(step * 0.55, 64))
    bars = []
    for number, column in enumerate(columns):
        middle = round(LEFT + step * (number + 0.5))
        crowded = len(columns) > CROWDED and (len(columns) - 1 - number) % 2
        segments = _segments(column, keys, middle - width // 2, width, highest)
        total = sum(column.parts)
        label = "" if crowded else column.label
        bars.append(Bar(label, middle, segments, total, BASE - round(total * (BASE - TOP) / highest) - 6))
    return Chart(bars=tuple(bars), keys=tuple(keys), words=words)


def _segments(
    column: Column, keys: Sequence[tuple[int, str]], left: int, width: int, highest: int
) -> tuple[Segment, ...]:
    segments, floor, height = [], 0, BASE - TOP
    for (series, _name), part in zip(keys, column.parts, strict=True):
        low, high = round(floor * height / highest), round((floor + part) * height / highest)
        if high > low:
            segments.append(Segment(series, left, BASE - high, width, high - low))
        floor += part
    return tuple(segments)
