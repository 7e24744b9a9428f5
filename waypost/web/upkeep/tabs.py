"""The pages of the directory's upkeep, and who may open each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waypost.network.roles import Action, may

# Words, name of the address, what somebody must be allowed to do.
TABS: tuple[tuple[object, str, Action], ...] = (
    (_("Overview"), "upkeep", Action.CHECK_LISTING),
    (_("Unmet needs"), "upkeep_unmet", Action.KEEP_DIRECTORY),
    (_("To check"), "upkeep_due", Action.CHECK_LISTING),
    (_("Reports"), "upkeep_faults", Action.CHECK_LISTING),
    (_("Calls and visits"), "upkeep_contacts", Action.CHECK_LISTING),
    (_("Claims"), "upkeep_claims", Action.KEEP_DIRECTORY),
    (_("Kept private"), "upkeep_safety", Action.KEEP_DIRECTORY),
    (_("Conflicts"), "upkeep_conflicts", Action.KEEP_DIRECTORY),
    (_("Duplicates"), "upkeep_duplicates", Action.KEEP_DIRECTORY),
    (_("Hidden listings"), "upkeep_hidden", Action.KEEP_DIRECTORY),
    (_("Words"), "words_needs", Action.KEEP_DIRECTORY),
    (_("Imports"), "imports", Action.KEEP_DIRECTORY),
    (_("Exchange"), "exchange", Action.KEEP_DIRECTORY),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the upkeep; ``count``: how much waits there, empty where nothing is counted."""

    label: object
    url: str
    current: bool
    count: str = ""


def tabs(role: str, here: str, counts: dict[str, int] | None = None) -> list[Tab]:
    """The pages that this role may open; ``here`` and ``counts`` go by the names of the addresses."""
    counted = counts or {}
    return [
        Tab(label, reverse(name), name == here, str(counted[name]) if counted.get(name) else "")
        for label, name, action in TABS
        if may(role, action)
    ]
