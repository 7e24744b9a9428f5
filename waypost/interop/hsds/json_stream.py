"""JSON as it streams by: value after value, the elements of a list one by one, never the whole."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from waypost.interop.hsds.errors import Damaged
from waypost.interop.hsds.text import REPLACEMENT, Reading, storable

MAX_NESTING = 200
MAX_VALUE = 256_000_000  # letters
LARGE = 8_000_000  # letters, from which on an object is read member by member
LONGEST_SHOWN = 2000
EXACT = 15  # digits that a double holds
LONGEST_LITERAL = 16  # letters of what may be cut in its middle without a quote: numbers, true, \\u00e9
_WHITE = re.compile(r"[\s\x1e\ufeff]*")
_BETWEEN = re.compile(r"[\s\x1e,]*")
_ODD = re.compile(r"\\u(?:0000|d[89a-f])", re.I)  # what may turn out as nothing that can be stored
_DEEP = ("too_deep", "The object is nested far too deeply.")
_LONG = ("too_long", "The value is far larger than is reasonable.")
_ENDS = ("invalid_json", "This is not JSON: it ends in the middle.")


@dataclass(frozen=True, slots=True)
class Found:
    """A value, or the text that is none and why. ``broken``: some bytes of it could not be read.

    ``alone``: it is no element of a list.
    """

    value: Any
    problem: tuple[str, str] | None = None
    broken: bool = False
    alone: bool = True


@dataclass(slots=True)
class Large:
    """An object too large to hold: what it is like (of its lists two elements), and a way through it."""

    outline: dict[str, Any]
    window: "Window"
    again: Callable[[], "Window"] = field(repr=False)

    def members(self) -> Iterator[tuple[str, Found]]:
        """Name and element of every list, name and value of the rest; once only."""
        return _members(self.window)

    def whole(self) -> Found:
        """All of it."""
        return _taken(self.window)


class _Cut(Exception):  # noqa: N818 - it is no error yet
    """The text ends within the value, or the value is longer than was asked for."""


def values(pieces: Callable[[], Iterable[bytes]]) -> Iterator[Found | Large]:
    """Value after value, elements of lists one by one. Where one cannot be read, with the next line.

    Raises Unreadable when a list never ends: the file was cut off.
    """

    def again() -> Window:
        return Window(Reading(pieces()))

    window, first = again(), True
    while letter := window.peek():
        if letter == "[":
            yield from _elements(window)
        elif letter == "{" and first and window.is_large():
            outline = _outline(again())
            window = again()
            window.peek()
            yield Large(outline, window, again)
        else:
            yield _taken(window)
        first = False


def _taken(window: "Window") -> Found:
    try:
        return window.take(MAX_VALUE)
    except _Cut:
        problem = _ENDS if window.over else _LONG
        return Found(window.rest_of_line(), problem)


def _elements(window: "Window") -> Iterator[Found]:
    window.at += 1
    wrong = False
    while (letter := window.peek(_BETWEEN)) != "]":
        if not letter and wrong:
            return
        try:
            if not letter:
                raise _Cut
            found = window.take(MAX_VALUE)
        except _Cut:
            if window.over:
                raise Damaged("The file is cut off: its list never ends.") from None
            found = Found(window.rest_of_line(), _LONG)
        wrong = wrong or found.problem is not None
        yield Found(found.value, found.problem, found.broken, alone=False)
    window.at += 1


def _members(window: "Window") -> Iterator[tuple[str, Found]]:
    window.at += 1
    while window.peek(_BETWEEN) != "}":
        name = _sound(window)
        if not isinstance(name.value, str) or window.peek() != ":":
            raise Damaged("The file is not whole JSON.")
        window.at += 1
        if window.peek() == "[":
            for each in _elements(window):
                yield name.value, each
        else:
            yield name.value, _sound(window)
    window.at += 1


def _sound(window: "Window") -> Found:
    try:
        found = window.take(MAX_VALUE)
    except _Cut:
        raise Damaged("The file is cut off: its object never ends.") from None
    if found.problem:
        raise Damaged(f"The file is not whole JSON. {found.problem[1]}")
    return found


def _outline(window: "Window") -> dict[str, Any]:
    window.peek()
    outline: dict[str, Any] = {}
    for name, found in _members(window):
        if found.alone:
            outline[name] = found.value
        elif len(held := outline.setdefault(name, [])) < 2 and not found.problem:  # noqa: PLR2004
            held.append(found.value)
    return outline


class Window:
    """A stretch of the text that moves on."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = iter(texts)
        self.text, self.at, self.over = "", 0, False

    def more(self) -> None:
        """At least as much again as there is from here on, if there is."""
        held, wanted = [self.text[self.at :]], max(len(self.text) - self.at, 1)
        while wanted > 0 and not self.over:
            piece = next(self._texts, None)
            self.over = piece is None
            held.append(piece or "")
            wanted -= len(piece or "")
        self.text, self.at = "".join(held), 0

    def peek(self, between: re.Pattern[str] = _WHITE) -> str:
        """The next letter behind white space; '' at the end."""
        while True:
            found = between.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if self.over:
                return ""
            self.more()

    def is_large(self) -> bool:
        """Whether the value that begins here is longer than one likes to hold."""
        while (end := self._end()) is None:
            if self.over or len(self.text) - self.at > LARGE:
                return not self.over
            self.more()
        return end - self.at > LARGE

    def _end(self) -> int | None:
        """Where the value ends, or what is none begins; None: it may go on."""
        try:
            return _DECODER.raw_decode(self.text, self.at)[1]
        except ValueError as error:
            return None if _may_go_on(error, self.text) else self.at
        except RecursionError:
            return self.at

    def take(self, most: int) -> Found:
        """The value that begins here. Raises _Cut when the text ends within it, or it is longer."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except RecursionError:
                return Found(self.rest_of_line(), _DEEP)
            except ValueError as error:
                if not _may_go_on(error, self.text) or (self.over and not _ends(error, self.text)):
                    words = f"This is not JSON: {getattr(error, 'msg', error)}."
                    return Found(self.rest_of_line(), ("invalid_json", words))
            else:
                if end < len(self.text) or self.over:
                    return self._found(value, end)
            if self.over or len(self.text) - self.at > most:
                raise _Cut
            self.more()

    def _found(self, value: Any, end: int) -> Found:
        said = self.text[self.at : end]
        self.at = end
        if _too_deep(value):
            return Found(value, _DEEP)
        return Found(storable(value) if _ODD.search(said) else value, broken=REPLACEMENT in said)

    def rest_of_line(self) -> str:
        """What stands here up to the end of the line, which is passed by."""
        shown = ""
        while True:
            end = self.text.find("\n", self.at)
            stop = len(self.text) if end < 0 else end
            shown += self.text[self.at : min(stop, self.at + LONGEST_SHOWN - len(shown))]
            self.at = stop
            if end >= 0 or self.over:
                return shown
            self.more()


def _may_go_on(error: ValueError, text: str) -> bool:
    """Whether the value may only be not all there yet."""
    return _ends(error, text) or getattr(error, "pos", 0) > len(text) - LONGEST_LITERAL


def _ends(error: ValueError, text: str) -> bool:
    """Whether the text ended before the value did."""
    return str(error).startswith("Unterminated string") or getattr(error, "pos", 0) >= len(text.rstrip())


def _number(digits: str) -> Any:
    """Numbers keep their digits: '0.10' stays, and a number of 5,000 digits is no trouble."""
    return digits if len(digits) > EXACT else json.loads(digits)


def _too_deep(value: Any) -> bool:
    layer = [value]
    for _ in range(MAX_NESTING):
        layer = [
            child
            for each in layer
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
            if isinstance(child, dict | list)
        ]
        if not layer:
            return False
    return True


_DECODER = json.JSONDecoder(parse_constant=str, parse_float=_number, parse_int=_number)
