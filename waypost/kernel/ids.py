"""Identifiers: UUIDv7 keys and the short references that humans read aloud."""

import secrets
import time
from datetime import date
from uuid import UUID

# No vowels (no words), no 0/O, 1/I/L: read over a bad phone line.
REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 5

_TIMESTAMP_BITS = 48
_RANDOM_A_BITS = 12
_RANDOM_B_BITS = 62


def uuid7(*, milliseconds: int | None = None) -> UUID:
    """A time-ordered UUID (RFC 9562 § 5.7): 48 bits of Unix milliseconds, then random bits."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (stamp & ((1 << _TIMESTAMP_BITS) - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(_RANDOM_A_BITS) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(_RANDOM_B_BITS)
    return UUID(int=value)


def reference(prefix: str, day: date) -> str:
    """A reference to say on the phone, such as ``R-2611-K7QXB``: random, never counted, nothing personal."""
    tail = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))
    return f"{prefix}-{day:%y%m}-{tail}"
