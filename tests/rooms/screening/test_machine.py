"""The life of a need: open → met, withdrawn, unmet, and back to open (design § 10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.kernel.machine import IllegalMove
from waypost.screening.machine import HOLDER, NEED, move_to

LEGAL = {
    ("open", "met"): "need.met",
    ("open", "withdrawn"): "need.withdrawn",
    ("open", "unmet"): "need.unmet",
    ("met", "open"): "need.reopened",
    ("withdrawn", "open"): "need.reopened",
    ("unmet", "open"): "need.reopened",
}


@pytest.mark.parametrize("target", NEED.states)
@pytest.mark.parametrize("state", NEED.states)
def test_a_need_goes_only_where_the_table_says(state: str, target: str) -> None:
    name = move_to(state, target)
    assert (name is not None) is ((state, target) in LEGAL)
    if name is not None:
        found = NEED.find(name, state=state, side=HOLDER)
        assert (found.target, found.emits) == (target, LEGAL[state, target])


@pytest.mark.parametrize("state", NEED.states)
def test_nobody_but_the_holder_moves_it(state: str) -> None:
    assert NEED.moves(state, "recipient") == ()


@given(st.lists(st.sampled_from([row.name for row in NEED.transitions])))
def test_no_row_of_moves_leads_out_of_the_table(moves: list[str]) -> None:
    state = NEED.initial
    for name in moves:
        try:
            state = NEED.find(name, state=state, side=HOLDER).target
        except IllegalMove:
            continue
        assert state in NEED.states
        assert NEED.moves(state, HOLDER), "a need can always be taken up again"
