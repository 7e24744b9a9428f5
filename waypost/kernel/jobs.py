"""Background work of the kernel: delivering events, sealing the audit, retrying what stalled, clearing up."""

from importlib import import_module
from uuid import UUID

import structlog
from django.conf import settings
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from waypost.kernel import audit, events
from waypost.kernel.models import Event

log = structlog.get_logger("waypost.jobs")

STALLED_AFTER_SECONDS = 30

# In these cron lines the sixth field is the second.


@app.task(name="kernel.deliver", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def deliver(event_id: str, subscriber: str) -> None:
    """Hand one event to one later subscriber."""
    event = Event.objects.get(pk=UUID(event_id))
    handler = events.later_handler(event.name, subscriber)
    if handler is None:
        log.warning("subscriber is gone", subscriber=subscriber, name=event.name)
        return
    handler(events.as_announcement(event))


@app.periodic(cron="* * * * * */5")
@app.task(name="kernel.seal_audit", queueing_lock="kernel.seal_audit", pass_context=False)
def seal_audit(timestamp: int) -> None:
    """Seal new audit entries into the chain, every five seconds."""
    audit.seal()


@app.periodic(cron="* * * * * */15")
@app.task(name="kernel.retry_stalled", queueing_lock="kernel.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Take up the jobs whose worker died: every promise made is kept, at least once."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.clear_sessions", queueing_lock="kernel.clear_sessions", pass_context=False)
def clear_sessions(timestamp: int) -> None:
    """Clear sessions that are over, and with them the forms kept in them, every hour."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
