"""Moving a row along its machine: lock, check, write, leave an event that nobody can change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import models

from waypost.kernel.machine import BACK, IllegalMove, Machine, Transition

Row = TypeVar("Row", bound=models.Model)


class Moved(Protocol):
    """A row with a lifecycle."""

    id: UUID
    status: str
    status_before: str


@dataclass(frozen=True, slots=True)
class Move:
    """A move that was made: which, from where, to where."""

    transition: Transition
    source: str
    target: str


def locked(model: type[Row], pk: UUID) -> Row:
    """The row, locked until the transaction ends; raises ``DoesNotExist`` where it is not visible."""
    return model._default_manager.select_for_update(of=("self",)).get(pk=pk)


def apply(machine: Machine, row: Moved, name: str, *, side: str, given: Mapping[str, Any]) -> Move:
    """Make the move on a locked row (not saved yet) and say what it was; raises IllegalMove."""
    filled = [key for key, value in given.items() if value not in (None, "", [])]
    transition = machine.find(name, state=row.status, side=side, given=filled)
    target = row.status_before if transition.target == BACK else transition.target
    if target not in machine.states:
        raise IllegalMove(f"{name}: there is no state to go back to")
    source = row.status
    row.status_before, row.status = source, target
    return Move(transition=transition, source=source, target=target)
