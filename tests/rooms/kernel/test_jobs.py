"""The periodic work of the kernel comes when it should."""

from datetime import UTC, datetime

import pytest
from croniter import croniter
from procrastinate.contrib.django import app

EVERY = {"kernel.seal_audit": 5, "kernel.retry_stalled": 15}


@pytest.mark.parametrize("name", EVERY)
def test_the_next_time_is_so_many_seconds_away(name: str) -> None:
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    times = croniter(crons[name], datetime(2026, 11, 22, 12, 7, 0, tzinfo=UTC))
    first, second = times.get_next(datetime), times.get_next(datetime)
    assert (first.second, (second - first).seconds) == (EVERY[name], EVERY[name])
