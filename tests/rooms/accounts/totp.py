"""A one-time code as RFC 6238 says it, for tests that stand in for somebody's phone."""

import base64
import hashlib
import hmac
import struct
import time


def code(secret: str, *, at: float | None = None, step: int = 30, digits: int = 6) -> str:
    """The code that an app shows for a base32 secret."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    moment = struct.pack(">Q", int((time.time() if at is None else at) // step))
    mac = hmac.new(key, moment, hashlib.sha1).digest()
    start = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)
