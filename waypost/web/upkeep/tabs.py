"""The pages of the directory's upkeep, in groups, and who may open each."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waypost.network.roles import Action, may

OVERVIEW = "upkeep"
# What waits for somebody; where listings come from and disagree; what goes in and out; the words.
GROUPS: tuple[tuple[str, object], ...] = (
    ("waits", _("What waits")),
    ("sources", _("Sources that disagree")),
    ("exchange", _("In and out")),
    ("words", _("Words and cadences")),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the upkeep: words, name of its address, who may open it, its group, what it is for."""

    label: object
    name: str
    action: Action
    group: str
    about: object


TABS: tuple[Page, ...] = (
    Page(
        _("To check"),
        "upkeep_due",
        Action.CHECK_LISTING,
        "waits",
        _("Listings to call about, the most urgent first."),
    ),
    Page(
        _("Reports"),
        "upkeep_faults",
        Action.CHECK_LISTING,
        "waits",
        _("What anybody said is wrong with a listing."),
    ),
    Page(
        _("Claims"),
        "upkeep_claims",
        Action.KEEP_DIRECTORY,
        "waits",
        _("Organizations that want to keep their own listing."),
    ),
    Page(
        _("Reviews"),
        "upkeep_reviews",
        Action.KEEP_DIRECTORY,
        "waits",
        _("Changes by keepers that are looked at before everybody reads them."),
    ),
    Page(
        _("Unmet needs"),
        "upkeep_unmet",
        Action.KEEP_DIRECTORY,
        "waits",
        _("What was looked for and not found."),
    ),
    Page(
        _("Calls and visits"),
        "upkeep_contacts",
        Action.CHECK_LISTING,
        "waits",
        _("Time spent with organizations, by month."),
    ),
    Page(
        _("Conflicts"),
        "upkeep_conflicts",
        Action.KEEP_DIRECTORY,
        "sources",
        _("A feed says something else than a human confirmed."),
    ),
    Page(
        _("Duplicates"),
        "upkeep_duplicates",
        Action.KEEP_DIRECTORY,
        "sources",
        _("Listings that look alike, and why."),
    ),
    Page(
        _("Hidden listings"),
        "upkeep_hidden",
        Action.KEEP_DIRECTORY,
        "sources",
        _("Merged, asked not to be listed, expired, gone from a feed."),
    ),
    Page(
        _("Kept private"),
        "upkeep_safety",
        Action.KEEP_DIRECTORY,
        "sources",
        _("Addresses that may be a shelter's, until a human has looked."),
    ),
    Page(
        _("Imports"),
        "imports",
        Action.KEEP_DIRECTORY,
        "exchange",
        _("Files and feeds that bring listings in."),
    ),
    Page(
        _("Exchange"),
        "exchange",
        Action.KEEP_DIRECTORY,
        "exchange",
        _("The directory as a file, for other programs."),
    ),
    Page(
        _("Words"),
        "words_needs",
        Action.KEEP_DIRECTORY,
        "words",
        _("Needs, synonyms, taxonomies, and how often to check."),
    ),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; ``count``: how much waits there, empty where nothing is counted."""

    label: object
    url: str
    current: bool
    count: str = ""
    about: object = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Some pages under one heading."""

    label: object
    pages: list[Tab] = field(default_factory=list)


def tabs(role: str, here: str, counts: dict[str, int] | None = None) -> list[Tab]:
    """The overview and the pages of the group in which one is; from the overview, the first of each group.

    ``here`` and ``counts`` go by the names of the addresses.
    """
    mine = [each for each in TABS if may(role, each.action)]
    group = next((each.group for each in mine if each.name == here), "")
    shown = [each for each in mine if each.group == group]
    first = Tab(_("Overview"), reverse(OVERVIEW), here == OVERVIEW)
    return [first, *(_tab(each, here, counts or {}) for each in shown)]


def groups(role: str, counts: dict[str, int]) -> list[Group]:
    """All pages that this role may open, by group."""
    found = [
        Group(
            label, [_tab(page, "", counts) for page in TABS if page.group == code and may(role, page.action)]
        )
        for code, label in GROUPS
    ]
    return [each for each in found if each.pages]


def _tab(page: Page, here: str, counts: dict[str, int]) -> Tab:
    count = str(counts[page.name]) if counts.get(page.name) else ""
    return Tab(page.label, reverse(page.name), page.name == here, count, page.about)
