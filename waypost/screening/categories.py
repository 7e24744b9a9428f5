"""The 24 social domains of the Gravity guide (SDOHCC-ValueSetSDOHCategory 3.0.0)."""

from waypost.directory.selectors import need_categories, need_category

STRENGTH = "protective-factor"

CODES = tuple(each.code for each in need_categories())

# A protective factor is a strength of the person, not something to be helped with.
NEEDS = tuple(code for code in CODES if code != STRENGTH)

_SENSITIVE = {
    "intimate-partner-violence": ("violence",),
    "elder-abuse": ("violence",),
    "incarceration-status": ("justice",),
}


def sensitivities_of(code: str) -> tuple[str, ...]:
    """What makes a need of this category especially sensitive (design § 3)."""
    return _SENSITIVE.get(code, ())


def category_name(code: str) -> str:
    """The category in plain words."""
    found = need_category(code)
    if found is None:
        raise ValueError(f"{code} is not a category of needs")
    return found.name
