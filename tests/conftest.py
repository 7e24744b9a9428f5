"""Fixtures that all tests share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis

from tests import community as building
from waypost.accounts.models import User
from waypost.accounts.training import standings
from waypost.kernel.actors import Actor

# A slow machine is no failure: nothing is held to a time per example.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A page asked for in Spanish leaves its language behind: each test begins in English."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def community(db: None) -> building.Community:
    """A clinic, a food bank, a stranger, a plan and an integrator, with users and two listings."""
    return building.build()


@pytest.fixture
def web_role(db: None) -> None:
    """From here on, this test's transaction is ``waypost_web``: policies count."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE waypost_web")


@pytest.fixture
def as_web() -> Callable[[], None]:
    """Become ``waypost_web`` in the middle of a test, once the given things stand."""

    def become() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE waypost_web")

    return become


@pytest.fixture
def sign_in() -> Callable[[Client, Actor], Client]:
    """Sign a client in, with a valid training; from here on the test's transaction is ``waypost_web``."""

    def enter(client: Client, actor: Actor) -> Client:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        client.force_login(User.objects.get(pk=actor.user_id))
        if actor.user_id and not standings([actor.user_id]):
            building.trained(actor.user_id)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE waypost_web")
        return client

    return enter


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data for trying; tests that need it are skipped, saying so, where it is missing."""
    folder = Path(
        os.environ.get("WAYPOST_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")
    )
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}")
    return folder
