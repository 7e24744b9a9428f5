"""What somebody typed, understood: terms with every word for them, needs, a place, days, mended errors."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import log

from django.db import connection

from waypost.directory.rules.asking import Term, plain_word, terms, wish
from waypost.directory.rules.needs import needs_in
from waypost.directory.selectors.words import how_common, mended, same_as, strange
from waypost.directory.vocabulary import vocabulary
from waypost.directory.zips import cities_named

MAX_WORDS = 200
SOFT = 0.25
TOWN = 0.5
HALF = 0.4  # of the weight of all terms
MOST_RELAXED = 6
RAREST = 0.0005
SHORTEST = 3  # a word of three letters is not mended
_LEXEME = re.compile(r"'((?:[^']|'')*)'(:\*)?")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term as text queries: the words as typed, any word for it, and any word or its need."""

    term: Term
    typed: str
    every: str
    found_by: str
    weight: float
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """``instead``: the text that was read because words looked mistyped; '' when it was read as typed."""

    meanings: tuple[Meaning, ...] = ()
    needs: tuple[str, ...] = ()
    zip: str = ""
    weekdays: tuple[int, ...] = ()
    instead: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms alone."""
        return tuple(each.term for each in self.meanings)

    def levels(self, need: str = "") -> list["Level"]:
        """From strict to loose: every term; most of what they weigh; any of them.

        Terms that ``need`` answers already, where only listings for it are looked for, ask for nothing more.
        """
        answered = f"'need:{need}'"
        required = [each for each in self.meanings if not each.term.soft and answered not in each.found_by]
        if not required:
            return []
        found = [Level(_every(required, _found_by), _every(required, _said))]
        if len(required) > 1:
            found += [
                Level(_most(required, _found_by), _most(required, _said)),
                Level(_any(required, _found_by), _any(required, _said)),
            ]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Level:
    """What a finding has to answer, as a text query; ``said``: the same by words alone, not by needs."""

    found_by: str = ""
    said: str = ""


def _found_by(each: Meaning) -> str:
    return each.found_by


def _said(each: Meaning) -> str:
    return each.every


def _every(required: list[Meaning], by: Callable[[Meaning], str]) -> str:
    return " & ".join(f"({by(each)})" for each in required)


def _any(required: list[Meaning], by: Callable[[Meaning], str]) -> str:
    return " | ".join(f"({by(each)})" for each in required)


def understand(text: str) -> Understood:
    """Read what was typed. Words that stand nowhere are mended where one that does looks alike."""
    asked = wish(text.replace("\x00", "")[:MAX_WORDS])
    if not asked.words.strip():
        return Understood(zip=asked.zip, weekdays=asked.weekdays)
    held = vocabulary()
    words, instead = asked.words, ""
    unknown = strange(words, held)
    if wrong := [word for word, begins in unknown.items() if not begins and len(word) > SHORTEST]:
        instead = mended(words, wrong, held)
        words = instead or words
    look_up = same_as(words, held.synonyms)
    said = _with_town(terms(words, look_up))
    needs = needs_in(held.needs, words)
    beginnings = frozenset(word for word, begins in unknown.items() if begins)
    alone = {each: needs_in(held.needs, each.typed) for each in said}
    loose = tuple(code for code in needs if not any(code in codes for codes in alone.values()))
    queries = _queries(tuple(dict.fromkeys(piece for each in said for piece in (each.typed, *each.same))))
    meanings = tuple(
        meaning
        for each in said
        if (meaning := _meaning(each, queries, () if each.soft else (*alone[each], *loose), beginnings))
    )
    return Understood(meanings, needs, asked.zip, asked.weekdays, instead)


def _with_town(said: tuple[Term, ...]) -> tuple[Term, ...]:
    """The town that people name at the end weighs little where few listings hold all words: few name theirs,

    and a town in the name of an organization says nothing of what it does.
    """
    last = said[-1] if said else None
    if last is None or last.same or last.soft or all(each.soft for each in said[:-1]):
        return said
    towns = cities_named(last.typed)
    return (*said[:-1], replace(last, town=True)) if towns else said


def _meaning(
    term: Term, queries: dict[str, str], needs: tuple[str, ...], beginnings: frozenset[str]
) -> Meaning | None:
    typed = [queries[term.typed]] if queries[term.typed] else []
    if plain_word(term.typed) in beginnings:
        typed.append(f"'{plain_word(term.typed)}':*")
    every = [*typed, *(queries[each] for each in term.same if queries[each])]
    if not every:
        return None
    found_by = [*every, *(f"'need:{code}'" for code in needs)]
    weight = _weight(every) * (SOFT if term.soft else TOWN if term.town else 1)
    return Meaning(term, _either(typed), _either(every), _either(found_by), weight, needs)


def _either(queries: list[str]) -> str:
    return " | ".join(f"({each})" for each in dict.fromkeys(queries))


def _weight(alternatives: list[str]) -> float:
    """The rarer a term, the more it says: log(1 + 1 / the part of findings that hold its commonest word)."""
    common = how_common()
    if not common:
        return 1.0
    parts = (min(common.get(word, 0.0) for word, _start in _LEXEME.findall(each)) for each in alternatives)
    return log(1 + 1 / max(RAREST, *parts))


def _most(required: list[Meaning], by: Callable[[Meaning], str]) -> str:
    """Any set of terms that weighs most of all; the smallest sets say it."""
    heavy = sorted(required, key=lambda each: -each.weight)[:MOST_RELAXED]
    enough = HALF * sum(each.weight for each in heavy)
    chosen: list[frozenset[int]] = []
    for size in range(1, len(heavy)):
        for each in combinations(range(len(heavy)), size):
            inside = frozenset(each)
            if sum(heavy[n].weight for n in each) >= enough and not any(less <= inside for less in chosen):
                chosen.append(inside)
    sets = (_every([heavy[n] for n in sorted(each)], by) for each in chosen)
    return " | ".join(f"({each})" for each in sets) or _every(heavy, by)


@lru_cache(maxsize=2048)
def _cached(pieces: tuple[str, ...]) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT plainto_tsquery('waypost_english', w)::text"
            " FROM unnest(%s::text[]) WITH ORDINALITY u (w, n) ORDER BY n",
            [list(pieces)],
        )
        return tuple(row[0] for row in cursor.fetchall())


def _queries(pieces: tuple[str, ...]) -> dict[str, str]:
    """Words and phrases as text queries: stemmed, all words of a phrase; '' where only stop words stand."""
    return dict(zip(pieces, _cached(pieces), strict=True)) if pieces else {}


def in_names(query: str) -> str:
    """The same query, for the names of services alone (weight A)."""
    return _LEXEME.sub(lambda found: f"'{found[1]}':{'*' if found[2] else ''}A", query)
