"""A form that cannot show all of a schedule loses nothing of it."""

from datetime import date, time
from typing import Any

import pytest
from django.http import QueryDict

from tests.community import FOOD, Community
from waypost.directory import services
from waypost.directory.models import Schedule
from waypost.directory.rules.schedule import weekly
from waypost.directory.selectors import listings
from waypost.directory.services import ServiceEntry
from waypost.web.partner.forms_hours import HoursForms
from waypost.web.partner.hours_lines import lines_of

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
    lines = lines_of(before)
    line = {"week-0-days": ["MO"], "week-0-opens": "9:00", "week-0-closes": "17:00", "keep": ["0"]}
    sent = line | {"week-TOTAL_FORMS": 1, "week-INITIAL_FORMS": 0}
    shown = HoursForms(lines, ["Day 15 of the month"], None)
    assert [form.initial["every_year"] for form in shown.special] == [True]
    data = QueryDict(mutable=True)
    for name, value in (sent | as_sent(shown.special)).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = HoursForms(lines, ["Day 15 of the month"], data)
    assert form.is_valid(), [each.errors for each in (*form.week, *form.special, form.words)]
    entry = ServiceEntry(name="Weekly groceries", need_categories=(FOOD,), hours=form.hours())
    services.replace_service(service_id=community.groceries, entry=entry)
    after = listings([community.groceries])[community.groceries].hours
    assert set(before) < set(after)
    assert set(after) - set(before) == {weekly("MO", time(9), time(17))}


def as_sent(formset: Any) -> dict[str, Any]:
    """What a browser sends of a formset that nobody touched."""
    found = {f"{formset.prefix}-TOTAL_FORMS": len(formset), f"{formset.prefix}-INITIAL_FORMS": len(formset)}
    for form in formset:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                found[field.html_name] = "on" if value is True else value
    return found
