"""Records of a CSV as it streams by: delimiters, quotes that never close, lines without an end."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from waypost.interop.hsds.names import MOST_ABOVE, column_name
from waypost.interop.hsds.text import Reading

MAX_FIELD = 1_000_000
MAX_LINE = 16_000_000
MAX_RESTARTS = 100
LONGEST_SHOWN = 2000
MARKERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a CSV: the number of the row (the header is 1), its cells, or why it cannot be read."""

    number: int
    cells: list[str]
    problem: tuple[str, str] | None = None


class Endless(str):
    """The beginning of a line that is longer than any row can be."""

    __slots__ = ()


def open_records(pieces: Iterable[bytes], known: set[str]) -> tuple[list[str], Iterator[Record], Reading]:
    """Headings, the records below them, and whether some bytes could not be read so far.

    ``known``: names of columns that tell the delimiter, and the headings from titles that stand above them.
    """
    reading = Reading(pieces)
    lines = _Lines(_physical(reading))
    above = lines.skip_to_heading(known)
    records = _records(lines, _delimiter(lines.first(), known), above)
    first = next(records, None)
    return first.cells if first else [], records, reading


def _delimiter(line: str, known: set[str]) -> str:
    """The sign that splits the first line into most of the columns that are known."""
    return max(MARKERS, key=lambda sign: _named(line, sign, known))


def _named(line: str, sign: str, known: set[str]) -> int:
    return len({column_name(cell) for cell in line.split(sign)} & known)


def _is_heading(line: str, known: set[str]) -> bool:
    return _named(line, _delimiter(line, known), known) > 1


def _names_any(line: str, known: set[str]) -> bool:
    return _named(line, _delimiter(line, known), known) > 0


class _Lines:
    """Lines that can be given back."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.endless = False

    def first(self) -> str:
        """The first line; it is still to come."""
        if self._again:
            return self._again[0]
        line = next(self._source, "")
        self._again.append(line[1:] if line.startswith("\ufeff") else line)
        return line

    def skip_to_heading(self, known: set[str]) -> int:
        """Leave out titles, notes and Excel's "sep=;" above the headings; how many lines these are.

        Headings are the first of the first lines that names several columns, if none above names any.
        """
        seen = [self.first()] if known else []
        while seen and len(seen) < MOST_ABOVE and not _is_heading(seen[-1], known):
            if _names_any(seen[-1], known) or (line := next(self._source, None)) is None:
                break
            seen.append(line)
            self._again.append(line)
        if len(seen) < 2 or not _is_heading(seen[-1], known):  # noqa: PLR2004 - nothing stands above
            return 0
        self._again = deque([seen[-1]])
        return len(seen) - 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._source)
        self.taken.append(line)
        if type(line) is Endless:
            self.endless = True
        return line

    def quotes_after_blanks(self, delimiter: str) -> bool:
        """Whether the second line has a blank before its quotation marks: 'o1, "Cedar, Inc."'."""
        while len(self._again) < 2 and (line := next(self._source, None)) is not None:  # noqa: PLR2004
            self._again.append(line)
        return any(f'{delimiter} "' in line for line in islice(self._again, 2))

    def give_back(self) -> str:
        """All lines of the record but the first one, which it returns."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.endless = False
        return self.taken[0]


def _records(lines: _Lines, delimiter: str, above: int = 0) -> Iterator[Record]:
    """All records. A quote that never closes costs the line it stands in, not the rest of the file."""
    number, width, restarts = above, 0, 0
    spaced = lines.quotes_after_blanks(delimiter)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
    while True:
        lines.taken.clear()
        cells, lost = [], False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lost = True
        if len(lines.taken) > 1 and restarts < MAX_RESTARTS and not lost:
            lost = len(cells) != (width or len(cells)) or _never_closes(lines.taken, delimiter, spaced)
        number += 1
        width = width or len(cells)
        if not lost and not lines.endless:
            yield Record(number, cells, _too_long(cells))
            continue
        restarts += 1
        endless = type(lines.taken[0]) is Endless
        text = lines.give_back().rstrip("\n")
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
        words = "The row is far longer than a row can be." if endless else _OPEN
        yield Record(number, [text[:LONGEST_SHOWN] if endless else text], ("unreadable_row", words))


_OPEN = "A quotation mark in this row is never closed."


def _physical(texts: Iterable[str]) -> Iterator[str]:
    """Lines as the csv module wants them: it handles line breaks within quotes itself."""
    rest, held, skipping = "", "", False
    for piece in texts:
        text = held + piece.replace("\x00", "")
        held = "\r" if text.endswith("\r") else ""
        lines = (text[:-1] if held else text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines[0] = rest + lines[0]
        rest = lines.pop()
        for line in lines:
            if not skipping:
                yield f"{line}\n"
            skipping = False
        if skipping:
            rest = ""
        elif len(rest) > MAX_LINE:
            yield Endless(f"{rest[:LONGEST_SHOWN]}\n")
            rest, skipping = "", True
    if not skipping:
        yield f"{rest}\n"


def _never_closes(lines: list[str], delimiter: str, spaced: bool) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=spaced))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _too_long(cells: list[str]) -> tuple[str, str] | None:
    if any(len(cell) > MAX_FIELD for cell in cells):
        return "unreadable_row", "The row has a field that is far too long."
    return None


csv.field_size_limit(MAX_FIELD * 10)
