"""What somebody typed, as terms with the other words that mean the same."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MAX_TERMS = 10
_TERM = re.compile(r"[^\W_]+")
_ZIP = re.compile(r"\d{5}(-\d{4})?")
STOP_WORDS = frozenset(
    "a an and are at because by do for from have i im in is it me my need of on or our the their they this"
    " to us want was we what when with who where how find get getting got looking near nearby help can could"
    " some any un una el la los las de del en y o para por con que se al lo le les su sus nos me te es esta"
    " estoy soy hay van va voy ir como quien cual ser si sobre necesito quiero busco buscar puedo donde ayuda"
    " ayudas ayudar mi cerca tengo tiene mis".split()
)
# Words that say little by themselves: they lift what holds them and never rule out what does not.
SOFT_WORDS = frozenset(
    "free gratis gratuito gratuita gratuitos gratuitas low lower cost costs bajo costo cheap barato open"
    " abierto abierta service services servicio servicios program programs programa programas assistance"
    " assist asistencia apoyo support pay paying pays paid pagar pago pagos applying apply application"
    " solicitar people person persons persona personas gente individuals company small little new local"
    " community public publica publico emergency good best now ahora today hoy needed required sin no".split()
)
DAYS = {
    plain: day
    for day, names in enumerate(
        (
            "monday mondays lunes",
            "tuesday tuesdays martes",
            "wednesday wednesdays miercoles",
            "thursday thursdays jueves",
            "friday fridays viernes",
            "saturday saturdays sabado sabados",
            "sunday sundays domingo domingos",
        )
    )
    for plain in names.split()
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase as typed, and the words that mean the same. ``soft``: it rules nothing out.

    ``town``: it names a town; it says where, not what.
    """

    typed: str
    same: tuple[str, ...] = ()
    soft: bool = False
    town: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed: the words to look for, and apart from them a ZIP code and days of the week."""

    words: str
    zip: str = ""
    weekdays: tuple[int, ...] = ()


def wish(text: str) -> Wish:
    """Take ZIP codes (five digits, the last one counts) and names of days out of the words."""
    kept: list[str] = []
    zip_code, days = "", []
    for piece in text.split():
        plain = plain_word(piece).strip(".,;:!?()")
        if _ZIP.fullmatch(plain):
            zip_code = plain[:5]
        elif plain in DAYS:
            days.append(DAYS[plain])
        else:
            kept.append(piece)
    return Wish(" ".join(kept), zip_code, tuple(dict.fromkeys(days)))


def plain_word(word: str) -> str:
    """Lower case without accents."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(each)
    )


def typed_words(text: str) -> list[str]:
    """The words of a text in lower case, in order."""
    return _TERM.findall(text.lower())[: 3 * MAX_TERMS]


def _alone(_piece: str) -> tuple[str, ...]:
    return ()


def terms(text: str, same_as: Callable[[str], tuple[str, ...]] = _alone) -> tuple[Term, ...]:
    """The words that say something, in order; a phrase of up to three words with synonyms counts as one.

    ``same_as`` gives the other words for a word or phrase. If all words are soft, none is.
    """
    words = typed_words(text)
    found: dict[str, Term] = {}
    at = 0
    while at < len(words) and len(found) < MAX_TERMS:
        for length in (3, 2, 1):
            piece = " ".join(words[at : at + length])
            same = same_as(piece) if at + length <= len(words) else ()
            if same or length == 1:
                plain = plain_word(piece)
                if plain not in STOP_WORDS:
                    found.setdefault(plain, Term(piece, same, plain in SOFT_WORDS))
                at += length
                break
    if all(each.soft for each in found.values()):
        return tuple(Term(each.typed, each.same) for each in found.values())
    return tuple(found.values())


def nearest(word: str, candidates: Iterable[tuple[str, int]]) -> str:
    """The candidate with the fewest edits (given beside it); '' when it would be another word."""
    most = 1 if len(word) < 6 else 2  # noqa: PLR2004 - one slip in a short word, two in a longer one
    best = min(candidates, key=lambda each: (each[1], each[0]), default=("", most + 1))
    return best[0] if best[1] <= most else ""
