"""Names and likeness, as pure functions."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

LIKELY = 80
SAME_NAME = 88
SOME_NAME = 70


def plain(text: str) -> str:
    """Lower case, without accents and doubled spaces: what names are compared by."""
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


def digits(text: str) -> str:
    """The digits of a phone number, without a leading US country code."""
    found = "".join(c for c in text if c.isdigit())
    return found[1:] if len(found) == 11 and found.startswith("1") else found  # noqa: PLR2004 - 1 + ten digits


def name_words(text: str) -> list[str]:
    """The words of a name as they are compared: plain, without digits, parted at hyphens and apostrophes."""
    return [each for each in re.split("[ '\u2019\\-]+", plain(text)) if each and not digits(each)]


def slips(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped in a word: one in four, two at most."""
    return min(2, len(word) // 4)


def near_words(word: str, known: Iterable[str]) -> dict[str, int]:
    """Those of the known words that this one may be meant for, and by how many slips."""
    most = slips(word)
    found = ((each, OSA.distance(word, each, score_cutoff=most)) for each in known)
    return {each: wrong for each, wrong in found if wrong <= most}


def age_on(birth_date: date | None, day: date) -> int | None:
    """Completed years; None where the birth date is not known."""
    if birth_date is None:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


OF_AGE = 18


def of_age_if_born_by(day: date) -> date:
    """The last birth date of those who are 18 or older on this day; born on 29 February: from 1 March."""
    try:
        return day.replace(year=day.year - OF_AGE)
    except ValueError:  # 29 February, and no leap year then
        return date(day.year - OF_AGE, 2, 28)


@dataclass(frozen=True, slots=True)
class Way:
    """What is known of one way to reach somebody, as far as safety goes."""

    kind: str
    safety: str
    may_text: bool = False
    may_call: bool = True


NEEDS = {"call": "phone", "text": "phone", "letter": "address", "visit": "address"}


def way_refused(way: str, known: Iterable[Way]) -> bool:
    """Whether this way (call, text, letter, visit) is not safe by any contact of the kind that it needs.

    Somebody of whom no such contact is known may have said another way; that refuses nothing. A text also
    wants the word that texts are fine; a call, that nobody said not to call there.
    """
    fitting = [each for each in known if each.kind == NEEDS.get(way)]
    if not fitting:
        return False
    return not any(each.safety != "not_safe" and _fine(way, each) for each in fitting)


def _fine(way: str, known: Way) -> bool:
    return {"text": known.may_text, "call": known.may_call}.get(way, True)


@dataclass(frozen=True, slots=True)
class Traits:
    """What two records are compared by."""

    name: str
    birth_date: date | None
    phones: frozenset[str]


def likeness(one: Traits, other: Traits) -> tuple[int, tuple[str, ...]]:
    """A score from 0 to 100 and the codes of its reasons (name, similar_name, birth_date, phone)."""
    names = fuzz.token_sort_ratio(plain(one.name), plain(other.name))
    same_birth = one.birth_date is not None and one.birth_date == other.birth_date
    other_birth = one.birth_date is not None and other.birth_date is not None and not same_birth
    same_phone = bool(one.phones & other.phones)
    reasons = []
    score = 0
    if names >= SAME_NAME:
        score, reasons = 60, ["name"]
        if one.birth_date is None or other.birth_date is None:
            score += 20
    elif names >= SOME_NAME:
        score, reasons = 40, ["similar_name"]
    if same_birth:
        score += 40
        reasons.append("birth_date")
    if same_phone:
        score += 30
        reasons.append("phone")
    if other_birth:
        score -= 15
    return max(0, min(100, score)), tuple(reasons)
