"""What the lifecycles here share: an own row, locked, and a move that is refused in words."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from waypost.guarding.models import Amendment, Copy, Emergency
from waypost.kernel import lifecycle
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.machine import IllegalMove, Machine

Row = TypeVar("Row", Amendment, Copy, Emergency)


def own(actor: Actor, model: type[Row], row_id: UUID) -> Row:
    """The acting organization's row, locked until the transaction ends; raises NotVisible."""
    try:
        row = lifecycle.locked(model, row_id)
    except ObjectDoesNotExist as missing:
        raise NotVisible from missing
    if row.held_by_id != actor.organization:
        raise NotVisible
    return row


def move(machine: Machine, row: lifecycle.Moved, name: str, *, side: str, given: Mapping[str, Any]) -> str:
    """Make the move on a locked row (not saved yet); returns what it announces. Refused when too late."""
    try:
        return lifecycle.apply(machine, row, name, side=side, given=given).transition.emits
    except IllegalMove as illegal:
        raise Refused(_("Somebody has done this already. Open the page again.")) from illegal
