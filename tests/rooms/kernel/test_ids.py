"""Identifiers (RFC 9562 § 5.7) and references."""

from datetime import date

from waypost.kernel.ids import REFERENCE_ALPHABET, reference, uuid7


def test_a_uuid7_carries_version_variant_and_its_milliseconds() -> None:
    made = uuid7(milliseconds=0x0123456789AB)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.hex[:12] == "0123456789ab"


def test_uuid7s_sort_by_time() -> None:
    assert uuid7(milliseconds=1000) < uuid7(milliseconds=1001)


def test_a_reference_names_the_month_and_nothing_else() -> None:
    made = reference("R", date(2026, 11, 22))
    prefix, month, tail = made.split("-")
    assert (prefix, month) == ("R", "2611")
    assert len(tail) == 5
    assert set(tail) <= set(REFERENCE_ALPHABET)


def test_the_alphabet_has_no_letter_that_sounds_or_looks_like_another() -> None:
    assert not set("01OIAEUL") & set(REFERENCE_ALPHABET)
