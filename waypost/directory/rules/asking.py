"""What somebody typed, as terms with the other words that mean the same."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MAX_TERMS = 10
_TERM = re.compile(r"[^\W_]+")
STOP_WORDS = frozenset(
    "a an and are at by do for from i in is it me my need of on or the to want we with who where how find get"
    " near help can some any un una el la los las de del en y o para por con que se al"
    " necesito quiero busco buscar donde ayuda ayudas mi cerca tengo mis".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase as typed, and the words that mean the same."""

    typed: str
    same: tuple[str, ...] = ()


def plain_word(word: str) -> str:
    """Lower case without accents."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(each)
    )


def terms(text: str, synonyms: Mapping[str, tuple[str, ...]]) -> tuple[Term, ...]:
    """The words that say something, in order; a phrase of up to three words with synonyms counts as one."""
    words = _TERM.findall(text.lower())[: 3 * MAX_TERMS]
    found: list[Term] = []
    at = 0
    while at < len(words) and len(found) < MAX_TERMS:
        for length in (3, 2, 1):
            piece = " ".join(words[at : at + length])
            same = synonyms.get(plain_word(piece), ()) if at + length <= len(words) else ()
            if same or length == 1:
                if same or piece not in STOP_WORDS:
                    found.append(Term(piece, same))
                at += length
                break
    return tuple(found)


def nearest(word: str, candidates: Iterable[tuple[str, int]]) -> str:
    """The candidate with the fewest edits (given beside it); '' when it would be another word."""
    most = 1 if len(word) < 6 else 2  # noqa: PLR2004 - one slip in a short word, two in a longer one
    best = min(candidates, key=lambda each: (each[1], each[0]), default=("", most + 1))
    return best[0] if best[1] <= most else ""
