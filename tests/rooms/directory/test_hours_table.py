"""Every row of the table of hours cases, asked as a state and as spans of time."""

from datetime import UTC, timedelta

import pytest

from tests.rooms.directory.hours_case import Case, moment
from tests.rooms.directory.hours_clocks import CLOCKS
from tests.rooms.directory.hours_exceptions import EXCEPTIONS
from tests.rooms.directory.hours_weeks import WEEKS
from waypost.directory.rules import OpenKind, open_state
from waypost.directory.rules.openings import spans

CASES = WEEKS + CLOCKS + EXCEPTIONS


@pytest.mark.parametrize("case", CASES, ids=[each.id for each in CASES])
def test_the_state_is_what_the_source_says(case: Case) -> None:
    state = open_state(case.lines, moment(case.moment, case.zone), case.zone)
    assert state.kind == case.kind
    expected = moment(case.then, case.zone) if case.then else None
    assert (state.until or state.opens) == expected


@pytest.mark.parametrize("case", CASES, ids=[each.id for each in CASES])
def test_the_spans_say_the_same(case: Case) -> None:
    at = moment(case.moment, case.zone).astimezone(UTC)
    found = spans(case.lines, case.zone, at, at + timedelta(days=9))
    assert (found is None) == (case.kind == OpenKind.NOT_KNOWN)
    assert any(start <= at < end for start, end in found or ()) == (case.kind == OpenKind.OPEN)


def test_the_table_has_its_sources() -> None:
    assert len({each.id for each in CASES}) == len(CASES) >= 40
    assert all(each.source for each in CASES)
