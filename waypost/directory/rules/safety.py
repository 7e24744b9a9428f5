"""Whether a listing speaks of a shelter for victims of violence, so that its address is kept back at first.

Pure: words in, words out. Too many are kept back rather than too few: a human looks at each
(docs/adr/0009-addresses-of-shelters-kept-back.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.directory.rules.needs import plain


@dataclass(frozen=True, slots=True)
class SafetyWords:
    """Words as ``plain`` writes them: of violence, of shelter, and such as are enough ``alone``."""

    violence: tuple[str, ...]
    shelter: tuple[str, ...]
    alone: tuple[str, ...]


def speaks_of_a_shelter(
    words: SafetyWords, *, names: Iterable[str], terms: Iterable[str], description: str
) -> tuple[str, ...]:
    """The words by which it does; empty when it does not.

    A phrase that is enough alone may stand anywhere. Otherwise names or terms have to speak of violence, and
    anything of shelter: a pantry that welcomes survivors in its description is no shelter.
    """
    said = plain(" | ".join((*names, *terms)))
    everything = f"{said}{plain(description)}"
    alone = _found(words.alone, everything)
    if alone:
        return alone
    violence, shelter = _found(words.violence, said), _found(words.shelter, everything)
    return (*violence, *shelter) if violence and shelter else ()


def _found(words: Iterable[str], text: str) -> tuple[str, ...]:
    return tuple(each for each in words if f" {each} " in text)
