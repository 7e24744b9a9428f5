"""The referral's lifecycle against FHIR Task's statuses; every other move is illegal."""

import pytest

from waypost.kernel.machine import BACK, IllegalMove
from waypost.referrals.machine import REFERRAL, STATES

# draft → requested → accepted | rejected | cancelled; accepted → in-progress | on-hold | completed |
# failed | cancelled; in-progress → on-hold | completed | failed | cancelled; on-hold → back | completed |
# failed | cancelled; any → entered-in-error. The sender sends, calls off and marks mistakes; the
# recipient answers and serves.
RECIPIENT_MOVES = {
    ("requested", "accept"): "accepted",
    ("requested", "reject"): "rejected",
    ("accepted", "start"): "in-progress",
    ("accepted", "pause"): "on-hold",
    ("accepted", "complete"): "completed",
    ("accepted", "fail"): "failed",
    ("in-progress", "pause"): "on-hold",
    ("in-progress", "complete"): "completed",
    ("in-progress", "fail"): "failed",
    ("on-hold", "resume"): BACK,
    ("on-hold", "complete"): "completed",
    ("on-hold", "fail"): "failed",
}
SENDER_MOVES = {
    ("draft", "send"): "requested",
    **{(state, "cancel"): "cancelled" for state in ("requested", "accepted", "in-progress", "on-hold")},
    **{(state, "mistake"): "entered-in-error" for state in STATES if state != "entered-in-error"},
}
LEGAL = {
    **{(state, name, "sender"): target for (state, name), target in SENDER_MOVES.items()},
    **{(state, name, "recipient"): target for (state, name), target in RECIPIENT_MOVES.items()},
    **{(state, name, "proxy"): target for (state, name), target in RECIPIENT_MOVES.items()},
}
NAMES = sorted({name for _, name, _ in LEGAL})
REASONED = {"reject", "pause", "fail", "cancel"}


@pytest.mark.parametrize("side", ["sender", "recipient", "proxy", "stranger"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", STATES)
def test_every_move_is_as_the_table_says(state: str, name: str, side: str) -> None:
    expected = LEGAL.get((state, name, side))
    if expected is None:
        with pytest.raises(IllegalMove):
            REFERRAL.find(name, state=state, side=side, given=["reason"])
    else:
        assert REFERRAL.find(name, state=state, side=side, given=["reason"]).target == expected


@pytest.mark.parametrize("name", sorted(REASONED))
def test_a_no_needs_a_reason(name: str) -> None:
    state, side = next((state, side) for state, move, side in LEGAL if move == name)
    with pytest.raises(IllegalMove, match="reason"):
        REFERRAL.find(name, state=state, side=side, given=[])


def test_no_move_leaves_a_final_state_but_the_mistake() -> None:
    for state in REFERRAL.final - {"entered-in-error"}:
        for side in ("sender", "recipient", "proxy"):
            assert {each.name for each in REFERRAL.moves(state, side)} <= {"mistake"}
