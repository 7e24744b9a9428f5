"""Words that mean the same, and words that were meant."""

from collections.abc import Mapping

import jellyfish
from django.db import connection

from waypost.directory.rules.asking import nearest, plain_word, terms
from waypost.directory.vocabulary import vocabulary

_SHORTEST = 4


def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Words and phrases (lower case, no accents) to others of the same meaning, English and Spanish."""
    return vocabulary().synonyms


def mended(text: str) -> str:
    """The text with unknown words replaced by the known ones they look like; '' when nothing is to mend."""
    instead = {each: _meant(plain_word(each)) for term in terms(text, {}) for each in term.typed.split()}
    if not any(instead.values()):
        return ""
    return " ".join(instead.get(word, "") or word for word in text.lower().split())


def _meant(word: str) -> str:
    if len(word) < _SHORTEST or word in vocabulary().known:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM directory_word WHERE word = %s", [word])
        if cursor.fetchone():
            return ""
        cursor.execute(
            "SELECT word FROM directory_word WHERE word %% %s ORDER BY similarity(word, %s) DESC LIMIT 20",
            [word, word],
        )
        alike = {row[0] for row in cursor.fetchall()} | vocabulary().known
    near = [(each, jellyfish.damerau_levenshtein_distance(word, each)) for each in sorted(alike)]
    return nearest(word, [each for each in near if len(each[0]) >= _SHORTEST])
