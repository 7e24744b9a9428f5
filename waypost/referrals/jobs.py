"""Background work: telling that an agreement to share has run out, and the directory how referrals went."""

from django.db import transaction
from procrastinate.contrib.django import app

from waypost.referrals.services.ending import end_what_ran_out, end_where_no_agreement_stands
from waypost.referrals.services.telling_directory import tell_directory

# In these cron lines the sixth field is the second.


@app.periodic(cron="* * * * * 40")
@app.task(name="referrals.sharing_over", queueing_lock="referrals.sharing_over", pass_context=False)
def sharing_over(timestamp: int) -> None:
    """Once a minute: referrals whose basis has run out."""
    with transaction.atomic():
        end_what_ran_out()
        end_where_no_agreement_stands()


@app.periodic(cron="50 2 * * * 0")
@app.task(name="referrals.tell_directory", queueing_lock="referrals.tell_directory", pass_context=False)
def count_uses(timestamp: int) -> None:
    """Every night: how many were sent to each service, answered, and got it."""
    tell_directory()
