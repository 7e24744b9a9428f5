"""The engine of lifecycles."""

import pytest

from waypost.kernel.machine import BACK, IllegalMove, Machine, move

DOOR = Machine(
    name="door",
    states=("open", "shut", "locked"),
    initial="open",
    final=frozenset(),
    transitions=(
        move("shut", ["open"], "shut", side=["anybody"], emits="door.shut"),
        move("lock", ["shut"], "locked", side=["owner"], requires=["key"], emits="door.locked"),
        move("unlock", ["locked"], BACK, side=["owner"], emits="door.unlocked"),
    ),
)


def test_a_move_from_the_right_state_by_the_right_side_is_found() -> None:
    assert DOOR.find("shut", state="open", side="anybody").target == "shut"


@pytest.mark.parametrize(
    ("name", "state", "side", "given"),
    [
        ("shut", "locked", "anybody", []),
        ("lock", "shut", "anybody", ["key"]),
        ("lock", "shut", "owner", []),
        ("paint", "open", "owner", []),
    ],
)
def test_every_other_move_is_illegal(name: str, state: str, side: str, given: list[str]) -> None:
    with pytest.raises(IllegalMove):
        DOOR.find(name, state=state, side=side, given=given)


def test_the_moves_of_a_state_draw_the_buttons() -> None:
    assert [each.name for each in DOOR.moves("shut", "owner")] == ["lock"]
    assert DOOR.moves("shut", "anybody") == ()


def test_a_table_that_names_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="ajar"):
        Machine("door", ("open",), "open", frozenset(), (move("x", ["ajar"], "open", side=["a"], emits="e"),))
