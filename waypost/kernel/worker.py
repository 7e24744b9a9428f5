"""Whether background work is done: when a worker was last heard of, and what waits or failed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Work:
    """``heard_at`` None: no worker ever, or it said goodbye. Counts of jobs."""

    heard_at: datetime | None
    waiting: int
    failed: int


def work() -> Work:
    """What the queue's own tables tell."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(last_heartbeat) FROM procrastinate_workers),"
            " count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())),"
            " count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs"
        )
        heard, waiting, failed = cursor.fetchone()
    return Work(heard_at=heard, waiting=waiting, failed=failed)
