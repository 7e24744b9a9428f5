"""The words on which search and needs rest: those installed, with what the network changed.

Installed words are files that come with Waypost; changes are rows. Every process keeps the whole in memory
and asks before each use whether somebody has changed it since (one row, by its key).
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from uuid import UUID

from waypost.directory.models import NeedWord, Synonym, WordsState
from waypost.directory.rules.asking import STOP_WORDS, plain_word
from waypost.directory.rules.needs import NeedWords, plain

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Vocabulary:
    """Need categories with their words, and synonyms by word (lower case, no accents)."""

    needs: tuple[NeedWords, ...]
    synonyms: Mapping[str, tuple[str, ...]]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every single word that leads somewhere although no listing may hold it."""
        said = [*self.synonyms, *(word for each in self.needs for word in (*each.en, *each.es))]
        return frozenset(plain_word(part) for phrase in said for part in phrase.split()) | STOP_WORDS


_tried: ContextVar[Vocabulary | None] = ContextVar("vocabulary", default=None)


def vocabulary() -> Vocabulary:
    """What holds now."""
    return _tried.get() or _changed(WordsState.objects.values_list("token", flat=True).first())


@contextmanager
def trying(instead: Vocabulary) -> Iterator[None]:
    """Within this block the search reads ``instead``; nothing is stored."""
    token = _tried.set(instead)
    try:
        yield
    finally:
        _tried.reset(token)


def with_synonym(word: str, same: tuple[str, ...]) -> Vocabulary:
    """The words of now as if ``word`` (lower case, no accents) had these synonyms."""
    now = vocabulary()
    others = {key: value for key, value in now.synonyms.items() if key != word}
    return Vocabulary(now.needs, others | ({word: same} if same else {}))


def with_need_word(category: str, kind: str, word: str) -> Vocabulary:
    """The words of now as if this one led to the need."""
    now = vocabulary()
    row = NeedWord(category=category, kind=kind, word=word, plain=plain(word).strip())
    return Vocabulary(tuple(_with(each, [row]) for each in now.needs), now.synonyms)


@cache
def installed() -> Vocabulary:
    """The words as they come with Waypost."""
    needs = json.loads((DATA / "need_words.json").read_text(encoding="utf-8"))
    synonyms = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))
    return Vocabulary(
        tuple(
            NeedWords(code, tuple(words["terms"]), tuple(words["en"]), tuple(words["es"]))
            for code, words in needs.items()
        ),
        {plain_word(word): tuple(same) for word, same in synonyms.items()},
    )


@lru_cache(maxsize=4)
def _changed(token: UUID | None) -> Vocabulary:
    """``token`` is the key of the cache: with another one the rows are read anew."""
    if token is None:
        return installed()
    changed = list(NeedWord.objects.order_by("id"))
    synonyms = dict(installed().synonyms)
    for word, same in Synonym.objects.values_list("word", "same"):
        if same:
            synonyms[word] = tuple(same)
        else:
            synonyms.pop(word, None)
    return Vocabulary(tuple(_with(each, changed) for each in installed().needs), synonyms)


def _with(words: NeedWords, changed: list[NeedWord]) -> NeedWords:
    own = [each for each in changed if each.category == words.code]
    lists = {"term": words.terms, "en": words.en, "es": words.es}
    made = {kind: _list(held, [each for each in own if each.kind == kind]) for kind, held in lists.items()}
    return NeedWords(words.code, made["term"], made["en"], made["es"])


def _list(held: tuple[str, ...], changed: list[NeedWord]) -> tuple[str, ...]:
    gone = {each.plain for each in changed if each.removed}
    kept = [word for word in held if plain(word).strip() not in gone]
    return (*kept, *(each.word for each in changed if not each.removed))
