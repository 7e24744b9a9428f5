"""Small groups are not shown to those who see the whole network, so that nobody can be recognized.

Primary suppression: a count of 1 to 10 is withheld (the cell size policy of the Centers for Medicare &
Medicaid Services: no cell of 1 to 10, and none that can be worked out from others). Complementary
suppression: so much more is withheld that the totals do not give it away. Every figure of the whole network
passes through here; a test holds it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from waypost.reporting.rules import Cohort, Fraction, Measures

LEAST = 11
NOTHING = Fraction(None, None)
RATES = ("answered", "known", "received", "met")


@dataclass(frozen=True, slots=True)
class Withheld:
    """Which rows are not shown (by position), and whether the total is shown."""

    rows: frozenset[int]
    total: bool


def is_small(count: int) -> bool:
    """A group of 1 to 10; nobody at all is not a group."""
    return 0 < count < LEAST


def suppress(rows: Sequence[Sequence[int]], already: Iterable[int] = ()) -> Withheld:
    """Decide what to withhold of a table whose rows are split into the same disjoint parts.

    A row is withheld whole when one of its parts is small, or when it is among ``already``. Then the
    smallest of the others follow until the withheld rows are none, or at least two whose parts together are
    not small: the total less what is shown tells nothing. The total is withheld where a part of it is small.
    """
    hidden = {number for number, row in enumerate(rows) if any(map(is_small, row))} | set(already)
    others = sorted(
        (number for number, row in enumerate(rows) if number not in hidden and any(row)),
        key=lambda number: (sum(rows[number]), number),
    )
    while others and hidden and (_filled(rows, hidden) < 2 or _small_together(rows, hidden)):  # noqa: PLR2004
        hidden.add(others.pop(0))
    return Withheld(rows=frozenset(hidden), total=_small_together(rows, range(len(rows))))


def _filled(rows: Sequence[Sequence[int]], chosen: Iterable[int]) -> int:
    return sum(1 for number in chosen if sum(rows[number]))


def _small_together(rows: Sequence[Sequence[int]], chosen: Iterable[int]) -> bool:
    numbers = list(chosen)
    width = len(rows[0]) if rows else 0
    return any(is_small(sum(rows[number][part] for number in numbers)) for part in range(width))


def withhold(
    cohorts: Sequence[Cohort], total: Measures, months: Sequence[date] | None = None
) -> tuple[list[Cohort], Measures]:
    """Cohorts of ``months`` and their total, with every small group withheld.

    What is withheld is decided within each quarter of the calendar, and not by what somebody asks to see: so
    no two periods, laid beside one another, give a month away. ``cohorts`` holds the whole quarters of all
    ``months`` (default: these are the months). A total is shown where it cuts through no withheld group: the
    difference of two totals is then a sum of shown months and of whole groups, none of them small. Early and
    mature cohorts are two tables: only the mature ones have a total.
    """
    asked = frozenset(months if months is not None else [each.month for each in cohorts])
    quarters: dict[tuple[bool, int, int], list[Cohort]] = defaultdict(list)
    for each in cohorts:
        quarters[each.early, each.month.year, (each.month.month - 1) // 3].append(each)
    shown: dict[date, Cohort] = {}
    kept = dict.fromkeys(("sent", *RATES), True)
    for (early, *_quarter), group in quarters.items():
        decided = _decide(group)
        shown |= {each.month: _without(each, number, decided) for number, each in enumerate(group)}
        for name, found in decided.items():
            inside = {group[number].month in asked for number in found.rows}
            if not early and (len(inside) > 1 or (inside == {True} and found.total)):
                kept[name] = False
    return [shown[each.month] for each in cohorts if each.month in asked], _only(total, kept)


def whole_quarters(months: Sequence[date]) -> list[date]:
    """The first days of all months of the quarters that these months touch, oldest first."""
    quarters = sorted({(each.year, (each.month - 1) // 3) for each in months})
    return [date(year, quarter * 3 + month, 1) for year, quarter in quarters for month in (1, 2, 3)]


def _decide(group: Sequence[Cohort]) -> dict[str, Withheld]:
    """One table: for every measure, which rows are withheld, and whether all of them together are small."""
    sent = suppress([(each.measures.sent or 0,) for each in group])
    known = suppress([_parts(each.measures, "known") for each in group], sent.rows)
    return {"sent": sent, "known": known} | {
        name: suppress(
            [_parts(each.measures, name) for each in group],
            known.rows if name == "received" else sent.rows,
        )
        for name in ("answered", "received", "met")
    }


def _without(cohort: Cohort, number: int, decided: dict[str, Withheld]) -> Cohort:
    return replace(
        cohort,
        measures=_only(cohort.measures, {name: number not in found.rows for name, found in decided.items()}),
    )


def _parts(measures: Measures, name: str) -> tuple[int, int, int]:
    """Everything that was sent, in three: counted, not counted, and outside of the denominator."""
    fraction: Fraction = getattr(measures, name)
    count, of = fraction.count or 0, fraction.of or 0
    return count, of - count, (measures.sent or 0) - of


def _only(measures: Measures, kept: dict[str, bool]) -> Measures:
    return Measures(
        sent=measures.sent if kept["sent"] else None,
        **{name: getattr(measures, name) if kept[name] else NOTHING for name in RATES},
    )
