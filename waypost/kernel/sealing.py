"""Sealing: bytes that only this installation can read again, by keys that can be changed.

Fernet (AES-128-CBC, HMAC-SHA256). The keys stand in ``settings.FILE_KEYS``, the newest first: it seals, all
of them unseal. From each key comes one of its own for every ``context`` (HKDF-SHA256), so that what was
sealed for one use or one user opens for no other, whoever copies it there.
"""

import base64
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from waypost.kernel.clock import now


class Unsealable(Exception):
    """It was sealed for another context or with a key that is gone, was changed, or is too old."""


def seal(data: bytes, *, context: str) -> bytes:
    """Seal with the newest key. ``context`` says what it is and whose ("scan:<id>"), and is not secret."""
    return _ring(context).encrypt_at_time(data, _second())


def unseal(sealed: bytes, *, context: str, within: timedelta | None = None) -> bytes:
    """What was sealed for this context, at most ``within`` ago; raises Unsealable."""
    ring, seconds = _ring(context), int(within.total_seconds()) if within is not None else None
    try:
        if seconds is None:
            return ring.decrypt(sealed)
        return ring.decrypt_at_time(sealed, seconds, _second())
    except InvalidToken as error:
        raise Unsealable(context.partition(":")[0]) from error


def reseal(sealed: bytes, *, context: str) -> bytes:
    """The same content under the newest key, with the time at which it was first sealed; raises Unsealable.

    What already stands under the newest key comes back as it is.
    """
    if sealed_with_newest(sealed, context=context):
        return sealed
    try:
        return _ring(context).rotate(sealed)
    except InvalidToken as error:
        raise Unsealable(context.partition(":")[0]) from error


def sealed_with_newest(sealed: bytes, *, context: str) -> bool:
    """Whether the older keys may go, as far as this piece is concerned."""
    try:
        _of(settings.FILE_KEYS[0], context).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _ring(context: str) -> MultiFernet:
    return MultiFernet([_of(key, context) for key in settings.FILE_KEYS])


def _of(key: str, context: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"waypost.sealing:" + context.encode())
    return Fernet(base64.urlsafe_b64encode(derive.derive(base64.urlsafe_b64decode(key))))


def _second() -> int:
    return int(now().timestamp())
