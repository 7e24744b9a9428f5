"""Small groups are not shown to those who see the whole network, so that nobody can be recognized.

Primary suppression: a count of 1 to 10 is withheld (the cell size policy of the Centers for Medicare &
Medicaid Services: no cell of 1 to 10, and none that can be worked out from others). Complementary
suppression: so much more is withheld that the totals do not give it away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from waypost.reporting.rules import Cohort, Fraction, Measures

LEAST = 11
NOTHING = Fraction(None, None)


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


def withhold(cohorts: Sequence[Cohort], total: Measures) -> tuple[list[Cohort], Measures]:
    """Cohorts and their total with every small group withheld.

    Early and mature cohorts are two tables: only the mature ones have a total.
    """
    early = _group([each for each in cohorts if each.early])[0]
    grown, kept = _group([each for each in cohorts if not each.early])
    shown = {each.month: each for each in [*early, *grown]}
    return [shown[each.month] for each in cohorts], _only(total, kept)


def _group(cohorts: Sequence[Cohort]) -> tuple[list[Cohort], dict[str, bool]]:
    """One table and its totals: which measures stay, row by row and for the total."""
    sent = suppress([(each.measures.sent or 0,) for each in cohorts])
    known = suppress([_parts(each.measures, "known") for each in cohorts], sent.rows)
    decided = {"sent": sent, "known": known} | {
        name: suppress(
            [_parts(each.measures, name) for each in cohorts],
            known.rows if name == "received" else sent.rows,
        )
        for name in ("answered", "received", "met")
    }
    rows = [
        replace(
            each,
            measures=_only(
                each.measures, {name: number not in found.rows for name, found in decided.items()}
            ),
        )
        for number, each in enumerate(cohorts)
    ]
    return rows, {name: not found.total for name, found in decided.items()}


def _parts(measures: Measures, name: str) -> tuple[int, int, int]:
    """Everything that was sent, in three: counted, not counted, and outside of the denominator."""
    fraction: Fraction = getattr(measures, name)
    count, of = fraction.count or 0, fraction.of or 0
    return count, of - count, (measures.sent or 0) - of


def _only(measures: Measures, kept: dict[str, bool]) -> Measures:
    return Measures(
        sent=measures.sent if kept["sent"] else None,
        **{
            name: getattr(measures, name) if kept[name] else NOTHING
            for name in ("answered", "known", "received", "met")
        },
    )
