"""The need categories, and the words that lead to them."""

import json
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from waypost.directory.rules.needs import NeedWords
from waypost.directory.vocabulary import DATA, vocabulary

UNSPECIFIED = "sdoh-category-unspecified"


@dataclass(frozen=True, slots=True)
class NeedCategory:
    """A category with its code, the standard's name, and our plain words in English and Spanish."""

    code: str
    display: str
    en: str
    es: str

    @property
    def name(self) -> str:
        """The plain words in the reader's language."""
        return self.es if (get_language() or "").startswith("es") else self.en


@cache
def need_categories() -> tuple[NeedCategory, ...]:
    """The 24 categories of the Gravity value set SDOHCC-ValueSetSDOHCategory (SDOH Clinical Care 3.0.0).

    24 counts the catch-all ``sdoh-category-unspecified``, which comes first, as in the value set; without
    it there are 23. No word leads to the catch-all: a human chooses it.
    """
    body = json.loads((DATA / "need_categories.json").read_text(encoding="utf-8"))
    return tuple(NeedCategory(**each) for each in body["categories"])


def need_category(code: str) -> NeedCategory | None:
    """The category with this code."""
    return next((each for each in need_categories() if each.code == code), None)


def need_category_name(code: str) -> str:
    """The plain words for a code, in the reader's language; an unknown code stands as it is."""
    category = need_category(code)
    return category.name if category else code


def need_words() -> tuple[NeedWords, ...]:
    """Term names and English and Spanish words for each category: those installed, as changed here."""
    return vocabulary().needs
