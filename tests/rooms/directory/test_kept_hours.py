"""A form that cannot show all of a schedule loses nothing of it."""

from datetime import date, time

import pytest

from tests.community import FOOD, Community
from waypost.directory import services
from waypost.directory.models import Schedule
from waypost.directory.rules.schedule import weekly
from waypost.directory.selectors import listings
from waypost.directory.services import ServiceEntry
from waypost.web.partner.week import entries, initial, week_of

pytestmark = pytest.mark.django_db


def test_hours_that_a_week_cannot_show_are_written_back_whole(community: Community) -> None:
    """A zone, a day of the month, a count and a holiday of every year stay as they were."""
    monthly = {"freq": "MONTHLY", "bymonthday": "15", "count": 90, "dtstart": date(2026, 1, 15)}
    Schedule.objects.create(
        service_id=community.groceries,
        opens_at=time(9),
        closes_at=time(12),
        timezone="America/New_York",
        description="Ring twice",
        **monthly,
    )
    holiday = {"holiday": True, "closed": True, "extra": {"every_year": {"from": "12-24", "to": "01-02"}}}
    Schedule.objects.create(service_id=community.groceries, **holiday)
    before = listings([community.groceries])[community.groceries].hours
    week = week_of(before)
    hours = (*entries(initial(week), week.others), weekly("MO", time(9), time(17)))
    entry = ServiceEntry(name="Weekly groceries", need_categories=(FOOD,), hours=hours)
    services.replace_service(service_id=community.groceries, entry=entry)
    after = listings([community.groceries])[community.groceries].hours
    assert set(before) < set(after)
    assert len(after) == len(before) + 1
