"""Whoever lays all pages of figures beside one another learns no small group; and every page passes there.

The attack is algebra: each shown number is an equation over the true counts of the months. A count that the
equations fix, and that is small, has leaked. The policy: no cell of 1 to 10 (CMS).
"""

import ast
from datetime import date
from fractions import Fraction as Exact
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.reporting.rules import Cohort, Fraction, Measures, last_months
from waypost.reporting.suppression import whole_quarters, withhold

WEB = Path(__file__).resolve().parents[3] / "waypost" / "web"
TODAY = date(2026, 11, 25)
LENGTHS = (3, 6, 12, 24)
MATURE = date(2026, 9, 1)  # October and November are younger than thirty days in part

Numbers = dict[date, tuple[int, int]]


def measures(pairs: list[tuple[int, int]]) -> Measures:
    sent = sum(one for one, _ in pairs)
    known = sum(min(one, other) for one, other in pairs)
    nothing = Fraction(0, 0)
    return Measures(sent, nothing, Fraction(known, sent), Fraction(known, known), nothing)


def page(numbers: Numbers, length: int) -> tuple[list[Cohort], Measures]:
    """What the network's page shows for so many months."""
    months = last_months(TODAY, length + 1)
    wide = [
        Cohort(each, each > MATURE, measures([numbers.get(each, (0, 0))])) for each in whole_quarters(months)
    ]
    total = measures([numbers.get(each, (0, 0)) for each in months if each <= MATURE])
    return withhold(wide, total, months)


def fixed(equations: list[tuple[dict[date, int], int]]) -> dict[date, Exact]:
    """The unknowns that these equations fix, by elimination over exact fractions."""
    names = sorted({name for left, _ in equations for name in left})
    rows = [[Exact(left.get(name, 0)) for name in names] + [Exact(right)] for left, right in equations]
    pivots = []
    for column in range(len(names)):
        start = len(pivots)
        found = next((at for at in range(start, len(rows)) if rows[at][column]), None)
        if found is None:
            continue
        rows[start], rows[found] = rows[found], rows[start]
        rows[start] = [value / rows[start][column] for value in rows[start]]
        for at, row in enumerate(rows):
            if at != start and row[column]:
                rows[at] = [a - row[column] * b for a, b in zip(row, rows[start], strict=True)]
        pivots.append(column)
    return {
        names[column]: rows[at][-1]
        for at, column in enumerate(pivots)
        if sum(1 for value in rows[at][:-1] if value) == 1
    }


months_of_two_years = last_months(TODAY, 27)
numbers = st.lists(
    st.tuples(st.sampled_from([0, 3, 8, 12, 25, 40]), st.sampled_from([0, 3, 8, 12, 25, 40])),
    min_size=len(months_of_two_years),
    max_size=len(months_of_two_years),
).map(lambda pairs: dict(zip(months_of_two_years, pairs, strict=True)))


@settings(max_examples=120, deadline=None)
@given(numbers)
def test_all_periods_laid_beside_one_another_tell_of_no_few(true: Numbers) -> None:
    sent: list[tuple[dict[date, int], int]] = []
    known: list[tuple[dict[date, int], int]] = []
    for length in LENGTHS:
        cohorts, total = page(true, length)
        grown = {each.month: 1 for each in cohorts if each.month <= MATURE}
        for each in cohorts:
            if each.measures.sent is not None:
                sent.append(({each.month: 1}, each.measures.sent))
            if each.measures.known.count is not None:
                known.append(({each.month: 1}, each.measures.known.count))
        if total.sent is not None:
            sent.append((grown, total.sent))
        if total.known.count is not None:
            known.append((grown, total.known.count))
    for equations in (sent, known):
        few = {month: count for month, count in fixed(equations).items() if 0 < count < 11}
        assert few == {}


@given(numbers)
def test_a_month_is_shown_alike_in_every_period(true: Numbers) -> None:
    seen: dict[date, set[object]] = {}
    for length in LENGTHS:
        for each in page(true, length)[0]:
            seen.setdefault(each.month, set()).add(each.measures)
    assert {month for month, found in seen.items() if len(found) > 1} == set()


def calls(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


def test_every_page_that_reads_the_networks_facts_passes_through_suppression() -> None:
    readers = {"grown_facts", "loop_facts", "rebuild_facts"}
    no_figures = {"figures_period.py", "missing.py"}  # what all read from; names pairs that need an agreement
    here = {"facts_of", "grown_facts"}
    unguarded = []
    for file in WEB.rglob("*.py"):
        names = calls(file)
        if "NETWORK" in names and names & (here | readers) and file.name not in no_figures:
            if not names & {"withhold", "suppress"}:
                unguarded.append(file.name)
        if names & readers and "suppress" not in names and file.name not in no_figures:
            unguarded.append(file.name)
    assert unguarded == []


def test_facts_are_read_in_one_place_of_the_web() -> None:
    readers = sorted(
        file.name
        for file in WEB.rglob("*.py")
        if "waypost.reporting" in file.read_text() and "selectors.facts(" in file.read_text()
    )
    assert readers == ["figures_period.py"], "each page goes through figures_period, then suppression"
