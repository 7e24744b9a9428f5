"""Background work: telling that an agreement to share has run out."""

from django.db import transaction
from procrastinate.contrib.django import app

from waypost.referrals.services.ending import end_what_ran_out

# In these cron lines the sixth field is the second.


@app.periodic(cron="* * * * * 40")
@app.task(name="referrals.sharing_over", queueing_lock="referrals.sharing_over", pass_context=False)
def sharing_over(timestamp: int) -> None:
    """Once a minute: referrals whose basis has run out."""
    with transaction.atomic():
        end_what_ran_out()
