"""Bytes to text: encodings, mojibake, characters that a database cannot hold."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_BOMS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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
    """Text of a file, and whether some bytes could not be read.

    UTF-8 (with or without BOM), UTF-16 and UTF-32 with BOM; else line by line UTF-8 where it fits and
    cp1252 where it does not, because feeds are glued together from several programs.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            body = data if encoding == "utf-32" else data[len(bom) :]
            return _plain(body, encoding)
    if data.startswith(_BOMS_16):
        return _plain(data, "utf-16")
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        lines = [_decode_line(line) for line in data.split(b"\n")]
        return "\n".join(line for line, _ in lines), any(broken for _, broken in lines)


def _plain(data: bytes, encoding: str) -> tuple[str, bool]:
    decoded = data.decode(encoding, errors="replace")
    return decoded, REPLACEMENT in decoded


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
