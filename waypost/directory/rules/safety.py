"""Whether a listing speaks of a shelter for victims of violence, so that its address is kept back at first.

Pure: words in, words out. Too many are kept back rather than too few: a human looks at each
(docs/adr/0009-addresses-of-shelters-kept-back.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from waypost.directory.rules.needs import plain

_SPOKEN = ("", "voice", "text", "sms", "cell")


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


def hotlines(phones: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of a victim service's numbers those that anybody may read: what is named a hotline, else the first to
    talk on."""
    known = list(phones)
    named = [
        each for each in known if "hotline" in f"{each.get('type', '')} {each.get('description', '')}".lower()
    ]
    spoken = [each for each in known if str(each.get("type", "")).lower() in _SPOKEN]
    return named or spoken[:1]


def _found(words: Iterable[str], text: str) -> tuple[str, ...]:
    return tuple(each for each in words if f" {each} " in text)
