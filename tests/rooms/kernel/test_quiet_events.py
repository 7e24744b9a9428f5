"""A past that is written down after the fact is stored, but nobody is told of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from waypost.kernel import clock, events
from waypost.kernel.actors import SYSTEM
from waypost.kernel.models import Event

NAME = "test.quiet"


def _later(event: events.Announcement) -> None:
    raise AssertionError("handed over in the same process")


@pytest.fixture
def heard(db: None) -> Iterator[list[str]]:
    names: list[str] = []

    def at_once(event: events.Announcement) -> None:
        names.append(event.name)

    events.subscribe(NAME, at_once, in_transaction=True)
    events.subscribe(NAME, _later)
    yield names
    events._at_once.pop(NAME)
    events._later.pop(NAME)


def _jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="kernel.deliver").count()


def test_quiet_events_are_stored_and_run_what_shares_their_fate_but_queue_nothing(heard: list[str]) -> None:
    before = _jobs()
    with events.quiet():
        event_id = events.emit(NAME, actor=SYSTEM)
    assert Event.objects.filter(pk=event_id).exists()
    assert heard == [NAME]
    assert _jobs() == before


def test_after_the_quiet_later_subscribers_are_told_again(heard: list[str]) -> None:
    before = _jobs()
    with events.quiet():
        pass
    events.emit(NAME, actor=SYSTEM)
    assert _jobs() == before + 1


def test_the_quiet_ends_with_an_error_too(heard: list[str]) -> None:
    with pytest.raises(ValueError, match="halfway"), events.quiet():
        raise ValueError("halfway")
    before = _jobs()
    events.emit(NAME, actor=SYSTEM)
    assert _jobs() == before + 1


def test_the_past_is_read_oldest_first_from_a_moment_on(db: None) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    ids = {}
    for hours in (3, 1, 2, 0):
        with events.quiet(), clock.at(noon + timedelta(hours=hours)):
            ids[hours] = events.emit(NAME if hours else "test.other", actor=SYSTEM, number=hours)
    found = list(events.past([NAME], since=noon + timedelta(hours=2)))
    assert [each.id for each in found] == [ids[2], ids[3]]
    assert found[0].ids == {"number": "2"}
