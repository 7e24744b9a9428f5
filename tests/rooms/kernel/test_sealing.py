"""Sealing: for one context alone, by keys that can be changed, for as long as asked."""

import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config.env import DEMO_FILE_KEY, Environment, _check_production, file_keys
from waypost.kernel.clock import at
from waypost.kernel.sealing import Unsealable, reseal, seal, sealed_with_newest, unseal

WORDS = b"Rosa flees from home"
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()


def test_what_is_sealed_opens_again_and_tells_nothing() -> None:
    sealed = seal(WORDS, context="parked:ana")
    assert b"Rosa" not in sealed
    assert unseal(sealed, context="parked:ana") == WORDS
    assert seal(WORDS, context="parked:ana") != sealed


@pytest.mark.parametrize("context", ["parked:sam", "scan:ana", "parked:ana ", ""])
def test_it_opens_for_no_other_context(context: str) -> None:
    with pytest.raises(Unsealable):
        unseal(seal(WORDS, context="parked:ana"), context=context)


def test_changed_bytes_do_not_open() -> None:
    sealed = bytearray(seal(WORDS, context="scan:1"))
    sealed[-5] ^= 1
    with pytest.raises(Unsealable):
        unseal(bytes(sealed), context="scan:1")


def test_it_does_not_open_with_the_key_itself(settings: Settings) -> None:
    with pytest.raises(InvalidToken):
        Fernet(settings.FILE_KEYS[0]).decrypt(seal(WORDS, context="scan:1"))


def test_it_grows_too_old() -> None:
    with at(NOON):
        sealed = seal(WORDS, context="parked:ana")
    hours = timedelta(hours=12)
    with at(NOON + timedelta(hours=11)):
        assert unseal(sealed, context="parked:ana", within=hours) == WORDS
    with at(NOON + timedelta(hours=13)), pytest.raises(Unsealable):
        unseal(sealed, context="parked:ana", within=hours)


def test_keys_change_and_the_age_stays(settings: Settings) -> None:
    old, new = key(), key()
    settings.FILE_KEYS = (old,)
    with at(NOON):
        sealed = seal(WORDS, context="scan:1")
    settings.FILE_KEYS = (new, old)
    assert unseal(sealed, context="scan:1") == WORDS
    assert not sealed_with_newest(sealed, context="scan:1")
    with at(NOON + timedelta(hours=2)):
        again = reseal(sealed, context="scan:1")
        assert sealed_with_newest(again, context="scan:1")
        assert reseal(again, context="scan:1") == again
        with pytest.raises(Unsealable):
            unseal(again, context="scan:1", within=timedelta(hours=1))
    settings.FILE_KEYS = (new,)
    assert unseal(again, context="scan:1") == WORDS
    with pytest.raises(Unsealable):
        unseal(sealed, context="scan:1")
    with pytest.raises(Unsealable):
        reseal(sealed, context="scan:1")


@pytest.mark.parametrize(
    "words",
    ["", " , ", "short", "ä" * 44, urlsafe_b64encode(bytes(31)).decode()],
)
def test_a_useless_key_is_refused_without_being_repeated(words: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        file_keys(words)
    assert "Make one" in str(refused.value)
    assert not words.strip(" ,") or words not in str(refused.value)


def test_production_wants_its_own_keys() -> None:
    ready = {
        "mode": "production",
        "secret_key": "x" * 60,
        "base_url": "https://waypost.example.org",
        "allowed_hosts": "waypost.example.org",
        "email_url": "smtp://localhost",
        "DATABASE_URL": "postgresql://a/b",
        "DATABASE_URL_OWNER": "postgresql://a/b",
        "DATABASE_URL_SYSTEM": "postgresql://a/b",
    }
    with pytest.raises(ImproperlyConfigured, match="WAYPOST_FILE_KEYS"):
        _check_production(Environment(**ready, file_keys=f"{key()},{DEMO_FILE_KEY}"))
    _check_production(Environment(**ready, file_keys=key()))
