"""Words that mean the same, words that were meant, and how common words are."""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import jellyfish
from django.db import connection

from waypost.directory.rules.asking import DAYS, SOFT_WORDS, STOP_WORDS, nearest, plain_word, typed_words
from waypost.directory.vocabulary import Vocabulary, vocabulary

_SHORTEST = 4
_KEPT_SECONDS = 600
_SAYING_LITTLE = SOFT_WORDS | frozenset(DAYS)


def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Words and phrases (lower case, no accents) to others of the same meaning, English and Spanish."""
    return vocabulary().synonyms


def same_as(text: str, known: Mapping[str, tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    """How to look up the words of this text: as they stand, or by the stem that a Spanish word has.

    So "desalojar" leads where "desalojo" does, and "albergues" where "albergue" does.
    """
    by_stem = _by_stem(tuple(known))
    stems = dict(
        zip(found := [plain_word(each) for each in typed_words(text)], spanish_stems(found), strict=True)
    )

    def look_up(piece: str) -> tuple[str, ...]:
        plain = plain_word(piece)
        if plain in known:
            return known[plain]
        first = by_stem.get(stems.get(plain, ""))
        return known[first] if first and plain not in STOP_WORDS and plain not in SOFT_WORDS else ()

    return look_up


@lru_cache(maxsize=4)
def _by_stem(words: tuple[str, ...]) -> dict[str, str]:
    """Stems of single words to the first word that has them; short stems say too little."""
    single = [each for each in words if " " not in each]
    found: dict[str, str] = {}
    for word, stem in zip(single, spanish_stems(single), strict=True):
        if len(stem) >= _SHORTEST:
            found.setdefault(stem, word)
    return found


def spanish_stems(words: Iterable[str]) -> list[str]:
    """Snowball's stem of each word; a stop word is its own."""
    asked = tuple(words)
    return list(_stems(asked)) if asked else []


@lru_cache(maxsize=512)
def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((ts_lexize('spanish_stem', w))[1], w)"
            " FROM unnest(%s::text[]) WITH ORDINALITY u (w, n) ORDER BY n",
            [list(words)],
        )
        return tuple(row[0] for row in cursor.fetchall())


def strange(text: str, held: Vocabulary) -> dict[str, bool]:
    """The words of a text that stand in no listing and lead nowhere: whether one there begins so."""
    words = {plain_word(each) for each in typed_words(text)} - held.known - _SAYING_LITTLE
    look_up = same_as(text, held.synonyms)
    asked = [each for each in sorted(words) if len(each) >= _SHORTEST - 1 and each.isalpha()]
    asked = [each for each in asked if not look_up(each)]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w, EXISTS (SELECT 1 FROM directory_word WHERE word LIKE w || '%%')"
            " FROM unnest(%s::text[]) w WHERE NOT EXISTS (SELECT 1 FROM directory_word WHERE word = w)",
            [asked],
        )
        return dict(cursor.fetchall())


def mended(text: str, wrong: Iterable[str], held: Vocabulary) -> str:
    """The text with these words replaced by the known ones they look like; '' when nothing can be mended."""
    instead = {word: _meant(word, held) for word in wrong}
    if not any(instead.values()):
        return ""
    return " ".join(instead.get(plain_word(word), "") or word for word in text.lower().split())


def _meant(word: str, held: Vocabulary) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM directory_word WHERE word %% %s"
            " ORDER BY similarity(word, %s) DESC, word LIMIT 20",
            [word, word],
        )
        alike = {row[0] for row in cursor.fetchall()} | held.known | _SAYING_LITTLE
    near = [(each, jellyfish.damerau_levenshtein_distance(word, each)) for each in sorted(alike)]
    return nearest(word, [each for each in near if len(each[0]) >= _SHORTEST])


def how_common() -> Mapping[str, float]:
    """In which part of all findings a lexeme stands, by the database's statistics; rare ones are missing.

    Empty before the first ANALYZE. Kept for ten minutes.
    """
    return frequencies(int(time.monotonic() // _KEPT_SECONDS))


@lru_cache(maxsize=1)
def frequencies(_moment: int) -> Mapping[str, float]:
    """The same, read now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.word, u.part FROM pg_stats s"
            " CROSS JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs)"
            " u (word, part)"
            " WHERE s.schemaname = current_schema() AND s.tablename = 'directory_finding'"
            " AND s.attname = 'document' AND u.word IS NOT NULL"
        )
        return {word: part for word, part in cursor.fetchall() if part > 0}
