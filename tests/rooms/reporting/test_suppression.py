"""Small groups stay hidden, and cannot be worked out from what is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.reporting.rules import Cohort, Fraction, Measures
from waypost.reporting.suppression import Withheld, is_small, suppress, withhold


@pytest.mark.parametrize(
    ("rows", "hidden", "total_hidden"),
    [
        ([(20,), (30,), (11,)], set(), False),
        ([(0,), (12,)], set(), False),  # nobody is not a group
        # 5 is small; alone it would be 55 - 50, so the smallest other row goes too.
        ([(20,), (30,), (5,)], {0, 2}, False),
        # 3 and 4 together are 7, still small: 40 goes too.
        ([(3,), (4,), (40,), (50,)], {0, 1, 2}, False),
        ([(3,), (4,)], {0, 1}, True),  # the total, 7, is small itself
        # 45 of 50: the 5 others are the small group.
        ([(45, 5), (30, 20), (60, 40)], {0, 1}, False),
        ([(45, 5)], {0}, True),
    ],
)
def test_by_hand(rows: list[tuple[int, ...]], hidden: set[int], total_hidden: bool) -> None:
    assert suppress(rows) == Withheld(rows=frozenset(hidden), total=total_hidden)


tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 40)] * width), min_size=1, max_size=8)
)


@given(tables, st.sets(st.integers(0, 7)))
def test_nothing_small_can_be_worked_out(rows: list[tuple[int, ...]], already: set[int]) -> None:
    already = {each for each in already if each < len(rows)}
    found = suppress(rows, already)
    assert already <= found.rows
    for number, row in enumerate(rows):
        assert number in found.rows or not any(map(is_small, row))
    if found.total:
        return
    for part in range(len(rows[0])):
        rest = sum(row[part] for row in rows) - sum(
            row[part] for number, row in enumerate(rows) if number not in found.rows
        )
        assert not is_small(rest)
    filled = [number for number in found.rows if sum(rows[number])]
    assert len(filled) != 1 or sum(1 for row in rows if sum(row)) == 1


def cohort(month: int, sent: int, known: int, received: int, *, early: bool = False) -> Cohort:
    """All asked and answered; nobody was asked about the need."""
    return Cohort(
        month=date(2026, month, 1),
        early=early,
        measures=Measures(
            sent=sent,
            answered=Fraction(sent, sent),
            known=Fraction(known, sent),
            received=Fraction(received, known),
            met=Fraction(0, 0),
        ),
    )


def test_a_measure_is_withheld_with_everything_it_could_be_worked_out_from() -> None:
    months = [
        cohort(6, 100, 60, 40),  # 60 known, 40 not; 40 received, 20 not
        cohort(7, 100, 95, 60),  # 5 not known: small
        cohort(8, 90, 50, 30),
        cohort(9, 7, 7, 7, early=True),
    ]
    total = Measures(290, Fraction(290, 290), Fraction(205, 290), Fraction(130, 205), Fraction(0, 0))
    shown, kept = withhold(months, total)
    june, july, august, september = (each.measures for each in shown)
    assert [each.measures.sent for each in shown] == [100, 100, 90, None]
    assert july.known.withheld and august.known.withheld  # august is the smallest other month
    assert july.received.withheld and august.received.withheld  # its denominator is what was known
    assert june.known == Fraction(60, 100) and june.received == Fraction(40, 60)
    assert july.answered == Fraction(100, 100)
    assert kept == total
    assert september.known.withheld and september.answered.withheld


def test_a_small_total_is_withheld_whole() -> None:
    total = Measures(8, Fraction(8, 8), Fraction(4, 8), Fraction(4, 4), Fraction(0, 0))
    shown, kept = withhold([cohort(6, 8, 4, 4)], total)
    assert kept.sent is None and kept.known.withheld
    assert shown[0].measures.sent is None
