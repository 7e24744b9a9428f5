"""Background work of the directory: keeping what the search reads true."""

from procrastinate.contrib.django import app

from waypost.directory import services

# In these cron lines the sixth field is the second.


@app.periodic(cron="* * * * * 20")
@app.task(name="directory.catch_up", queueing_lock="directory.catch_up", pass_context=False)
def catch_up(timestamp: int) -> None:
    """What writes left due, once a minute; a search does a part of it before it reads."""
    services.catch_up()


@app.periodic(cron="10 3 * * * 0")
@app.task(name="directory.make_all_anew", queueing_lock="directory.make_all_anew", pass_context=False)
def make_all_anew(timestamp: int) -> None:
    """Every night: the openings of the coming days, and what ended with the day."""
    services.make_all_anew()
