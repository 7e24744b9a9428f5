"""The lives of requests and episodes, and when something is due. No database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.coordination import rules
from waypost.coordination.machine import COORDINATOR, REQUEST
from waypost.kernel.machine import IllegalMove

THURSDAY = date(2026, 12, 3)
FRIDAY = date(2026, 12, 4)
MONDAY = date(2026, 12, 7)

LEGAL = {
    ("new", "take"): "taken",
    ("new", "close"): "closed",
    ("taken", "close"): "closed",
}


@pytest.mark.parametrize("name", ["take", "close"])
@pytest.mark.parametrize("state", REQUEST.states)
def test_a_request_moves_only_as_the_table_says(state: str, name: str) -> None:
    given_values = ["person", "reason"]
    if (state, name) in LEGAL:
        found = REQUEST.find(name, state=state, side=COORDINATOR, given=given_values)
        assert found.target == LEGAL[state, name]
    else:
        with pytest.raises(IllegalMove):
            REQUEST.find(name, state=state, side=COORDINATOR, given=given_values)


@pytest.mark.parametrize(("name", "missing"), [("take", "person"), ("close", "reason")])
def test_taking_needs_a_person_and_closing_a_reason(name: str, missing: str) -> None:
    with pytest.raises(IllegalMove, match=missing):
        REQUEST.find(name, state="new", side=COORDINATOR, given=[])


@given(st.lists(st.sampled_from(["take", "close"]), max_size=6))
def test_a_closed_request_stays_closed(moves: list[str]) -> None:
    state, closed = REQUEST.initial, False
    for name in moves:
        try:
            state = REQUEST.find(name, state=state, side=COORDINATOR, given=["person", "reason"]).target
        except IllegalMove:
            continue
        assert not closed
        closed = state == "closed"


@pytest.mark.parametrize(
    ("asked_on", "soon", "expected"),
    [
        (THURSDAY, True, THURSDAY),
        (THURSDAY, False, FRIDAY),
        (FRIDAY, False, MONDAY),
        (date(2026, 12, 5), True, date(2026, 12, 5)),
        (date(2026, 12, 5), False, MONDAY),
    ],
)
def test_the_first_try_comes_the_same_day_where_somebody_waits_else_the_next_weekday(
    asked_on: date, soon: bool, expected: date
) -> None:
    assert rules.first_check_back(asked_on, soon=soon) == expected


@pytest.mark.parametrize(
    ("phase", "result", "direction", "expected"),
    [
        ("outreach", "no_answer", "out", "outreach"),
        ("outreach", "left_message", "out", "outreach"),
        ("outreach", "wrong_number", "out", "outreach"),
        ("outreach", "reached", "out", "working"),
        ("outreach", "came_by", "out", "working"),
        ("outreach", "left_message", "in", "working"),
        ("working", "no_answer", "out", "working"),
    ],
)
def test_outreach_ends_when_somebody_is_truly_reached(
    phase: str, result: str, direction: str, expected: str
) -> None:
    assert rules.phase_after(phase, result=result, direction=direction) == expected


@pytest.mark.parametrize(
    ("due", "urgent", "now", "overdue"),
    [
        (None, False, False, False),
        (None, True, True, False),
        (THURSDAY, False, True, False),
        (date(2026, 12, 2), False, True, True),
        (FRIDAY, False, False, False),
        (FRIDAY, True, True, False),
    ],
)
def test_what_is_urgent_or_due_belongs_under_now(
    due: date | None, urgent: bool, now: bool, overdue: bool
) -> None:
    assert rules.is_now(due, urgent=urgent, on=THURSDAY) is now
    assert rules.is_overdue(due, THURSDAY) is overdue
