"""Which of the Gravity need categories a text speaks of."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class NeedWords:
    """For one category: names of taxonomy terms, and words that people and listings use."""

    code: str
    terms: tuple[str, ...]
    en: tuple[str, ...]
    es: tuple[str, ...]


def plain(text: str) -> str:
    """Lower case, no accents, single spaces, a space at both ends so that whole words can be found."""
    without = "".join(
        each for each in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(each)
    )
    return f" {_NOT_A_WORD.sub(' ', without).strip()} "


@lru_cache(maxsize=4096)
def _plain_word(word: str) -> str:
    return plain(word)


def needs_in(words: Iterable[NeedWords], text: str) -> tuple[str, ...]:
    """The categories whose words, English or Spanish, stand in the text, in the order of ``words``."""
    known = tuple(words)
    searched, phrases = plain(text), _by_first_word(known)
    found = {
        code
        for first in set(searched.split())
        for phrase, code in phrases.get(first, ())
        if phrase in searched
    }
    return tuple(each.code for each in known if each.code in found)


@lru_cache(maxsize=8)
def _by_first_word(words: tuple[NeedWords, ...]) -> dict[str, list[tuple[str, str]]]:
    """First word -> phrases that begin with it, with their category: a text has few of the many words."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in words:
        for word in (*each.en, *each.es):
            phrase = _plain_word(word)
            if first := phrase.split()[:1]:
                found.setdefault(first[0], []).append((phrase, each.code))
    return found


def needs_of_terms(words: Iterable[NeedWords], terms: Iterable[str]) -> tuple[str, ...]:
    """The categories to which taxonomy terms belong, by the terms' names (as Open Eligibility has them)."""
    named = {plain(term) for term in terms}
    return tuple(each.code for each in words if any(_plain_word(term) in named for term in each.terms))


def classify_service(
    words: Iterable[NeedWords], *, terms: Iterable[str], name: str, description: str
) -> tuple[str, ...]:
    """Need categories of a listing: its terms, then its name; its description only if these say nothing.

    A description often mentions what the service is not ("we do not give money"), so it comes last.
    """
    known = tuple(words)
    found: Mapping[str, None] = dict.fromkeys((*needs_of_terms(known, terms), *needs_in(known, name)))
    return tuple(found) or needs_in(known, description)
