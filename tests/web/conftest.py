"""Browsers of people of the test community. Each one signs in and then lets policies count."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from tests.community import Community
from tests.web.access.world import World, build
from tests.web.oidc_provider import Provider, serving
from tests.web.reading import FOUND, text
from tests.web.signing_on import sets
from waypost.kernel.actors import Actor

SignIn = Callable[[Client, Actor], Client]


@pytest.fixture(autouse=True)
def _english() -> None:
    """What an earlier test read in Spanish does not stay."""
    translation.activate("en")


@pytest.fixture
def ana(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """The coordinator of the clinic."""
    client = sign_in(Client(), community.ana)
    as_web()
    return client


@pytest.fixture
def sam(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """The intake worker of the food bank."""
    client = sign_in(Client(), community.sam)
    as_web()
    return client


@pytest.fixture
def olga(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """A worker of an organization that has nothing to do with it."""
    client = sign_in(Client(), community.olga)
    as_web()
    return client


@pytest.fixture
def ivy(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """The integrator: the network's staff."""
    client = sign_in(Client(), community.ivy)
    as_web()
    return client


@pytest.fixture
def provider(community: Community, ivy: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The clinic's own sign-on, set by the integrator; the secret stands in the environment."""
    cache.clear()
    monkeypatch.setenv("WAYPOST_OIDC_CEDAR", "the clinic's secret")
    with serving() as found:
        answer = sets(ivy, found, community.clinic)
        assert answer.status_code == FOUND, text(answer)
        yield found


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """An organization for each relation to one person, with every role; built once, each test is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    connection.close()
