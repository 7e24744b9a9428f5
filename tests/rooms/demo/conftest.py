"""The invented community at a small scale, made once for all tests that look at it, and rolled back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.plugin import DjangoDbBlocker

from waypost.demo.seeding import Community, Scale, seed
from waypost.kernel import clock

MOMENT = datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
SMALL = Scale(people=70, requests=58, referrals=150)


@dataclass(frozen=True)
class Made:
    """What was made, and as of when."""

    community: Community
    moment: datetime
    scale: Scale
    jobs_before: int


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Made]:
    """The community as of Thu 3 Dec 2026, 10:00. Tests that use it read only."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(MOMENT):
        jobs = ProcrastinateJob.objects.count()
        found = seed(SMALL)
        assert found is not None
        yield Made(found, MOMENT, SMALL, jobs)
        transaction.set_rollback(True)
