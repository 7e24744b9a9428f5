"""The lives of a request for coordination and of an episode."""

from waypost.kernel.machine import Machine, move

NEW, TAKEN, CLOSED = "new", "taken", "closed"
OPEN = "open"
COORDINATOR = "coordinator"

REQUEST = Machine(
    name="request for coordination",
    states=(NEW, TAKEN, CLOSED),
    initial=NEW,
    final=frozenset({CLOSED}),
    transitions=(
        move("take", [NEW], TAKEN, side=[COORDINATOR], requires=["person"], emits="coordination.taken"),
        move(
            "close",
            [NEW, TAKEN],
            CLOSED,
            side=[COORDINATOR],
            requires=["reason"],
            emits="coordination.closed",
        ),
    ),
)
