"""Bytes to text: encodings, mojibake, characters that a database cannot hold."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose sign begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LONGEST_BOM = 4
LONGEST_PIECE = 1 << 20
REPLACEMENT = "\ufffd"

# A lead byte of UTF-8 and its continuation bytes, seen through cp1252 (or latin-1, for its five gaps).
_CP1252_BACK = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_HIGH = "".join(re.escape(character) for character in _CP1252_BACK)
_RUN = re.compile(f"[{_HIGH}]{{2,}}")
_SUSPECT = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
MAX_ROUNDS = 3


def decode(data: bytes) -> tuple[str, bool]:
    """Text of a file that is held, and whether some bytes could not be read."""
    reading = Reading([data])
    return "".join(reading), reading.broken


class Reading:
    """The text of a file, piece by piece; ``broken`` tells whether bytes came by that cannot be read.

    UTF-8 (with or without BOM), UTF-16 (without, where it is plain from the first letters) and UTF-32; else
    line by line UTF-8 where it fits and cp1252 where it does not: feeds are glued together from several
    programs.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.broken = False
        self._pieces = iter(pieces)

    def __iter__(self) -> Iterator[str]:
        head = b""
        while len(head) < LONGEST_BOM and (piece := next(self._pieces, None)) is not None:
            head += piece
        encoding, bom = _encoding(head)
        pieces = chain((head[bom:],), self._pieces)
        return self._mixed(pieces) if encoding == "utf-8" else self._wide(pieces, encoding)

    def _wide(self, pieces: Iterable[bytes], encoding: str) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        for piece in chain(pieces, (b"",)):
            text = decoder.decode(piece, not piece)
            self.broken = self.broken or REPLACEMENT in text
            if text:
                yield text

    def _mixed(self, pieces: Iterable[bytes]) -> Iterator[str]:
        rest = b""
        for piece in pieces:
            rest += piece
            end = rest.rfind(b"\n") + 1 or _between_letters(rest)
            if end:
                yield self._lines(rest[:end])
                rest = rest[end:]
        if rest:
            yield self._lines(rest)

    def _lines(self, data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            lines = [_decode_line(line) for line in data.split(b"\n")]
            self.broken = self.broken or any(broken for _, broken in lines)
            return "\n".join(line for line, _ in lines)


def _encoding(head: bytes) -> tuple[str, int]:
    """What the first bytes say, and how many of them say nothing else."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, len(bom)
    if len(head) >= LONGEST_BOM and head[1] == head[3] == 0 and head[0] and head[2]:
        return "utf-16-le", 0
    if len(head) >= LONGEST_BOM and head[0] == head[2] == 0 and head[1] and head[3]:
        return "utf-16-be", 0
    return "utf-8", 0


def _between_letters(data: bytes) -> int:
    """Where a long line may be cut without cutting a letter; 0: not yet."""
    if len(data) < LONGEST_PIECE:
        return 0
    end = len(data)
    while end and data[end - 1] >= 0x80:  # noqa: PLR2004 - the first byte that is not ASCII
        end -= 1
    return end or (len(data) if len(data) > 2 * LONGEST_PIECE else 0)


def _decode_line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252"), False
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace"), True


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text made storable; ``rule`` says what was done or noticed ('' for nothing)."""

    text: str
    rule: str = ""


def storable(value: Any) -> Any:
    """A value of JSON with nothing in its texts and names that PostgreSQL cannot hold."""
    if isinstance(value, str):
        return _held(value)
    if isinstance(value, list):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        return {_held(name): storable(each) for name, each in value.items()}
    return value


def _held(text: str) -> str:
    return _UNHOLDABLE.sub(lambda found: "" if found[0] == "\x00" else REPLACEMENT, text)


def clean(text: str) -> Cleaned:
    """Take out what PostgreSQL cannot hold and repair mojibake where only one reading is possible."""
    rule = ""
    if _UNHOLDABLE.search(text):
        text = _held(text)
        rule = "broken_characters"
    if text.isascii():
        return Cleaned(text, rule)
    if REPLACEMENT in text:
        rule = "broken_characters"
    repaired = _repair(text)
    if repaired != text:
        return Cleaned(repaired, rule or "repaired_text")
    if not rule and _SUSPECT.search(text):
        rule = "doubtful_text"
    return Cleaned(text, rule)


def _repair(text: str) -> str:
    """Undo 'UTF-8 read as cp1252', also when it happened more than once."""
    for _ in range(MAX_ROUNDS):
        if not _SUSPECT.search(text):
            return text
        better = _RUN.sub(_decode_run, text)
        if better == text:
            return text
        text = better
    return text


def _decode_run(found: re.Match[str]) -> str:
    run = found[0]
    data = bytes(_CP1252_BACK[character] for character in run)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_decode_parts(data, run))


def _decode_parts(data: bytes, run: str) -> Iterator[str]:
    """Each complete sequence by itself; what is not one stays as it was."""
    position = 0
    while position < len(data):
        for length in (4, 3, 2):
            part = data[position : position + length]
            if len(part) == length and _is_sequence(part):
                yield part.decode("utf-8")
                position += length
                break
        else:
            yield run[position]
            position += 1


def _is_sequence(part: bytes) -> bool:
    try:
        return len(part.decode("utf-8")) == 1
    except UnicodeDecodeError:
        return False
