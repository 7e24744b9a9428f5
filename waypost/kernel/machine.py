"""Lifecycles as tables: states, and the moves between them. Knows no database."""

from collections.abc import Iterable
from dataclasses import dataclass

BACK = "(back)"


class IllegalMove(Exception):
    """A move that the table does not hold, from this state or for this side."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    ``side``: who may make it. ``requires``: names of values that must not be empty.
    ``target`` BACK: the state held before the present one. ``emits``: the event announced.
    """

    name: str
    sources: frozenset[str]
    target: str
    side: frozenset[str]
    requires: frozenset[str]
    emits: str


def move(
    name: str,
    sources: Iterable[str],
    target: str,
    *,
    side: Iterable[str],
    requires: Iterable[str] = (),
    emits: str,
) -> Transition:
    """Write a row of the table with plain iterables."""
    return Transition(name, frozenset(sources), target, frozenset(side), frozenset(requires), emits)


@dataclass(frozen=True, slots=True)
class Machine:
    """A lifecycle: its states, the first one, those that end it, and its moves."""

    name: str
    states: tuple[str, ...]
    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        known = set(self.states)
        for row in self.transitions:
            strange = (row.sources | ({row.target} - {BACK})) - known
            if strange:
                raise ValueError(f"{self.name}: {row.name} names unknown states {sorted(strange)}")

    def moves(self, state: str, side: str) -> tuple[Transition, ...]:
        """The moves open to ``side`` in ``state``, in the order of the table: what draws the buttons."""
        return tuple(row for row in self.transitions if state in row.sources and side in row.side)

    def find(self, name: str, *, state: str, side: str, given: Iterable[str] = ()) -> Transition:
        """The row for this move; raises IllegalMove where the table has none or a value is missing."""
        for row in self.moves(state, side):
            if row.name == name:
                missing = row.requires - set(given)
                if missing:
                    raise IllegalMove(f"{name} needs {', '.join(sorted(missing))}")
                return row
        raise IllegalMove(f"{name} is not possible from {state} for {side}")
