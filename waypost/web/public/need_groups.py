"""The need categories as doors of the first page: grouped as people think of them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from waypost.directory.selectors import NeedCategory, need_categories

UNSPECIFIED = "sdoh-category-unspecified"

GROUPS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (
        _("Food, home and bills"),
        (
            "food-insecurity",
            "housing-instability",
            "homelessness",
            "inadequate-housing",
            "utility-insecurity",
            "financial-insecurity",
            "material-hardship",
        ),
    ),
    (
        _("Getting around, work and school"),
        (
            "transportation-insecurity",
            "employment-status",
            "educational-attainment",
            "digital-access",
            "digital-literacy",
            "language-access",
        ),
    ),
    (
        _("Health and paying for it"),
        ("health-insurance-coverage-status", "medical-cost-burden", "personal-health-literacy", "stress"),
    ),
    (_("Safety"), ("intimate-partner-violence", "elder-abuse")),
    (
        _("People and circumstances"),
        ("social-connection", "protective-factor", "veteran-status", "incarceration-status"),
    ),
)


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """A heading with its categories."""

    label: object
    needs: tuple[NeedCategory, ...]


def need_groups() -> list[NeedGroup]:
    """All categories but the catch-all, which no listing is found by; a new one joins the last group."""
    known = {each.code: each for each in need_categories() if each.code != UNSPECIFIED}
    placed = {code for _label, codes in GROUPS for code in codes}
    groups = [
        NeedGroup(label, tuple(known[code] for code in codes if code in known)) for label, codes in GROUPS
    ]
    others = tuple(each for code, each in known.items() if code not in placed)
    if others:
        groups[-1] = NeedGroup(groups[-1].label, groups[-1].needs + others)
    return groups
