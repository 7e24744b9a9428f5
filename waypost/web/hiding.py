"""Names out of a finished page: initials in the place of names, the year in the place of a birth date."""

import re
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from waypost.kernel.naming import Named

DOTS = "•••"
SHORT = 3
ORDINARY = frozenset("will grace hope rose mark bill faith angel paz cruz luna call home food help".split())
TAG = re.compile(r"(<[^>]*>)")
OURS = re.compile(r'<details class="menu me">.*?</details>', re.S)  # the worker's own name
CALLS = re.compile(r'\shref="(?:tel|sms|mailto):[^"]*"')
READ_ALOUD = re.compile(r'\s(?:aria-label|title|alt|placeholder|data-confirm|data-words)="[^"]*"')
SEEKS = re.compile(r'<input\b(?=[^>]*\btype="search")[^>]*>')
FILLED = re.compile(
    r'<input\b(?![^>]*\btype="(?:search|hidden|checkbox|radio|submit)")[^>]*\bvalue="([^"]+)"'
)
AREAS = re.compile(r"<textarea\b[^>]*>(.+?)</textarea>", re.S)


class Hiding:
    """What hides these people; ``text`` for plain text, ``page`` for HTML."""

    def __init__(self, people: Iterable[Named]) -> None:
        self._instead: dict[str, str] = {}
        numbers = set()
        for each in people:
            for name, short in each.names.items():
                self._add(name, short)
            for words in each.hidden:
                self._add(words, DOTS)
                numbers.add(re.sub(r"\D", "", words)[-10:])
            if each.born is not None:
                for way in (_("j M Y"), _("j F Y"), "Y-m-d"):
                    self._instead[date_format(each.born, way).casefold()] = each.year
        self._numbers = {each for each in numbers if len(each) >= 7}  # noqa: PLR2004 - a local number
        longest = sorted(self._instead, key=len, reverse=True)
        found = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in longest)
        self._words = re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])", re.IGNORECASE) if longest else None

    def _add(self, words: str, instead: str) -> None:
        self._instead.setdefault(words.casefold(), instead)
        self._instead.setdefault(escape(words).casefold(), instead)

    def text(self, words: str) -> str:
        """Plain text, such as a cell of a file or what a page says once."""
        if self._words is None:
            return words
        return self._words.sub(self._short, words)

    def _short(self, found: re.Match[str]) -> str:
        if found[0].islower() and (len(found[0]) <= SHORT or found[0] in ORDINARY):
            return found[0]  # an ordinary word: "may", "will", not May or Will
        return self._instead.get(" ".join(found[0].split()).casefold(), DOTS)

    def page(self, html: str) -> str:
        """A page or a part of one. Addresses stay, so that links work; calls and mails lose theirs."""
        kept: list[str] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(found[0])
            return f"<waypost-kept {len(kept) - 1}>"

        parts = TAG.split(OURS.sub(keep, html))
        shown = "".join(self._tag(part) if part.startswith("<") else self.text(part) for part in parts)
        return re.sub(r"<waypost-kept (\d+)>", lambda found: kept[int(found[1])], shown)

    def _tag(self, tag: str) -> str:
        if SEEKS.fullmatch(tag):
            return self.text(tag)
        tag = CALLS.sub(lambda found: "" if self._calls(found[0]) else found[0], tag)
        return READ_ALOUD.sub(lambda found: self.text(found[0]), tag)

    def _calls(self, href: str) -> bool:
        digits = re.sub(r"\D", "", href)
        return any(each in digits for each in self._numbers) or self.text(href) != href

    def stands_in_a_form(self, html: str) -> bool:
        """Whether a field of a form holds what is to be hidden: such a page is not shown at all."""
        held = [*FILLED.findall(html), *AREAS.findall(html)]
        return any(self.text(each) != each for each in held)
