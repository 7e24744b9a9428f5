"""The life of a need. Only the organization that holds it moves it; met means "for now"."""

from waypost.kernel.machine import Machine, move

OPEN, MET, WITHDRAWN, UNMET = "open", "met", "withdrawn", "unmet"
HOLDER = "holder"

NEED = Machine(
    name="need",
    states=(OPEN, MET, WITHDRAWN, UNMET),
    initial=OPEN,
    final=frozenset(),
    transitions=(
        move("meet", [OPEN], MET, side=[HOLDER], emits="need.met"),
        move("withdraw", [OPEN], WITHDRAWN, side=[HOLDER], emits="need.withdrawn"),
        move("leave_unmet", [OPEN], UNMET, side=[HOLDER], emits="need.unmet"),
        move("reopen", [MET, WITHDRAWN, UNMET], OPEN, side=[HOLDER], emits="need.reopened"),
    ),
)


def move_to(state: str, target: str) -> str | None:
    """The name of the move that leads from one status to another, if the table has one."""
    return next((row.name for row in NEED.moves(state, HOLDER) if row.target == target), None)
