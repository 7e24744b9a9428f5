"""Background work of the people room: the 18th birthday."""

from django.db import transaction
from procrastinate.contrib.django import app

from waypost.people.aging import come_of_age

# In this cron line the sixth field is the second.


@app.periodic(cron="5 0,9 * * * 0")
@app.task(name="people.birthdays", queueing_lock="people.birthdays", pass_context=False)
def birthdays(timestamp: int) -> None:
    """Every night, and once more in the morning: whoever has come of age."""
    with transaction.atomic():
        come_of_age()
