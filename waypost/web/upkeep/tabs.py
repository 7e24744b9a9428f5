"""The tabs over the pages of directory upkeep: one line a page, each with what it takes to see it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waypost.kernel.actors import Actor
from waypost.network.roles import Action, may


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as the template draws it."""

    label: object
    href: str
    current: bool


# (words, name of the address, what one must be allowed to do)
LINES: tuple[tuple[object, str, Action], ...] = ((_("Find services"), "directory", Action.CHECK_LISTINGS),)


def tabs(actor: Actor, current: str) -> list[Tab]:
    """The tabs that this actor may open; ``current`` is the name of the page's own address."""
    return [
        Tab(label, reverse(name), name == current) for label, name, action in LINES if may(actor.role, action)
    ]
