"""What the pages of words have in common."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waypost.directory.selectors import word_changes
from waypost.web.access import StaffRequest
from waypost.web.upkeep.tabs import Tab, tabs

PAGES: tuple[tuple[object, str], ...] = (
    (_("Needs"), "words_needs"),
    (_("Synonyms"), "words_synonyms"),
    (_("Taxonomies"), "words_taxonomies"),
    (_("Cadences"), "words_cadences"),
)


def frame(request: StaffRequest, here: str, which: str) -> dict[str, Any]:
    """Both rows of tabs, and the newest changes of the list."""
    return {
        "tabs": tabs(request.actor.role, "words_needs"),
        "pages": [Tab(label, reverse(name), name == here) for label, name in PAGES],
        "changes": word_changes(which),
    }
