"""Bytes and mojibake."""

import pytest

from waypost.interop.hsds.text import clean, decode


@pytest.mark.parametrize(
    "data",
    [
        "niños".encode(),
        "niños".encode("utf-8-sig"),
        "niños".encode("cp1252"),
        "niños".encode("utf-16"),
    ],
)
def test_a_text_is_read_in_whatever_it_was_written(data: bytes) -> None:
    text, broken = decode(data)
    assert (text.removeprefix("\ufeff"), broken) == ("niños", False)


def test_lines_of_two_encodings_are_read_one_by_one() -> None:
    assert decode("café\n".encode() + "niño".encode("cp1252")) == ("café\nniño", False)


def test_bytes_of_no_encoding_are_marked() -> None:
    text, broken = decode(b"caf\x81\xe9")
    assert broken
    assert "\ufffd" in text


@pytest.mark.parametrize(
    ("given", "expected", "rule"),
    [
        ("cafÃ©", "café", "repaired_text"),
        ("Donâ€™t", "Don’t", "repaired_text"),
        ("ÃƒÂ©", "é", "repaired_text"),
        ("niÃ±os en CafÃ© Ñandú", "niños en Café Ñandú", "repaired_text"),
        ("SÃO PAULO", "SÃO PAULO", ""),
        ("señor – Peña", "señor – Peña", ""),
        ("a\x00b", "ab", "broken_characters"),
        ("a\ud800b", "a\ufffdb", "broken_characters"),
        ("caf\ufffd", "caf\ufffd", "broken_characters"),
        ("plain", "plain", ""),
    ],
)
def test_mojibake_is_repaired_where_only_one_reading_is_possible(
    given: str, expected: str, rule: str
) -> None:
    found = clean(given)
    assert (found.text, found.rule) == (expected, rule)
