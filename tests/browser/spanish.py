"""What is still English on a page that should be Spanish: sentences of the catalogue, plain English words."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.sync_api import Page

CATALOGUE = Path(__file__).resolve().parents[2] / "locale/es/LC_MESSAGES/django.po"
PLAIN = re.compile(
    r"\b(the|and|with|your|this|that|will|have|from|what|when|who|not|you|for)\b", re.IGNORECASE
)
LONG_ENOUGH = 3
SHOWN = "title, h1, h2, h3, button, a, label, legend, p, li, dt, dd, th, td, summary, option"
TOLD = ("aria-label", "placeholder", "alt")


@cache
def english() -> frozenset[str]:
    """Every sentence of the site whose Spanish is another one."""
    catalogue = read_po(CATALOGUE.open("rb"), locale="es")
    plain = [each for each in catalogue if isinstance(each.id, str) and "%" not in each.id]
    return frozenset(each.id.strip() for each in plain if each.id and each.string and each.id != each.string)


def english_left(page: Page, *, typed: frozenset[str] = frozenset()) -> list[str]:
    """Lines that nobody typed and that are English; what is marked as another language does not count.

    Names, and what people wrote, stand in the data of the tests in a way that holds none of the plain words.
    """
    lines = set()
    for each in page.locator(f":is({SHOWN}):not([lang='en'], [lang='en'] *)").all_inner_texts():
        lines |= {line.strip() for line in each.splitlines()}
    for name in TOLD:
        for found in page.locator(f"[{name}]:not([lang='en'], [lang='en'] *)").all():
            lines.add((found.get_attribute(name) or "").strip())
    return sorted(
        line
        for line in lines - typed
        if len(line) >= LONG_ENOUGH and (line in english() or PLAIN.search(line))
    )
