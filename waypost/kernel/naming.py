"""Whose names were read for this answer: what the front-desk view has to hide (``waypost.web.front_desk``).

Wherever a person's name is read for a page, it is noted here. Without somebody listening nothing is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

SHORT = 3  # letters from which a part of a name is hidden where it stands alone


@dataclass(slots=True)
class Named:
    """One person: initials, year of birth, and every word that would say who it is.

    ``names`` by what stands in their place; ``hidden``: numbers and addresses; ``born``: the whole date.
    """

    key: str
    initials: str = ""
    year: str = ""
    names: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    born: date | None = None


Heard = dict[str, Named]
_heard: ContextVar[Heard | None] = ContextVar("waypost_heard", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """Collect whose names are read inside, by key."""
    heard: Heard = {}
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def heard() -> Heard | None:
    """What was collected so far; None where nobody listens."""
    return _heard.get()


def note(
    key: object,
    *,
    given: str = "",
    family: str = "",
    called: str = "",
    born: date | None = None,
    hidden: tuple[str, ...] = (),
) -> None:
    """This person's name was read. ``key``: the person's id, or what else tells two people apart."""
    everybody = _heard.get()
    if everybody is None:
        return
    named = everybody.setdefault(str(key), Named(str(key)))
    whole = " ".join(part for part in (given.strip(), family.strip()) if part)
    if whole:
        named.initials = initials(whole)
        named.names[whole] = named.initials
        for part in (given, family, called, *whole.split(), *called.split()):
            if part.strip() and (len(part.strip()) >= SHORT or part.strip() in (given, family, called)):
                named.names.setdefault(part.strip(), initials(part))
    if born is not None:
        named.born, named.year = born, str(born.year)
    named.hidden.update(each.strip() for each in hidden if each.strip())


def initials(name: str) -> str:
    """ "R. D." of Rosa Delgado."""
    return " ".join(f"{part[0].upper()}." for part in name.split())
