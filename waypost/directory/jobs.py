"""Background work of the directory: keeping what the search reads true."""

from procrastinate.contrib.django import app

from waypost.directory import services

# In these cron lines the sixth field is the second.


@app.periodic(cron="* * * * * 20")
@app.task(name="directory.catch_up", queueing_lock="directory.catch_up", pass_context=False)
def catch_up(timestamp: int) -> None:
    """What writes left due, once a minute; a search does a part of it before it reads."""
    services.settle_due()
    services.catch_up()


@app.periodic(cron="10 3 * * * 0")
@app.task(name="directory.make_all_anew", queueing_lock="directory.make_all_anew", pass_context=False)
def make_all_anew(timestamp: int) -> None:
    """Every night: the openings of the coming days, and what ended with the day."""
    services.make_all_anew()


@app.task(name="directory.find_duplicates", lock="directory.find_duplicates")
def find_duplicates(source: str) -> None:
    """After an import: what changed in this feed beside all that is like it. Twice does no harm."""
    services.find_duplicates(source=source)


@app.periodic(cron="40 3 * * * 0")
@app.task(
    name="directory.find_all_duplicates",
    lock="directory.find_duplicates",
    queueing_lock="directory.find_all_duplicates",
    pass_context=False,
)
def find_all_duplicates(timestamp: int) -> None:
    """Every night: what people changed by hand."""
    services.find_duplicates()


@app.task(name="directory.sort_anew", queueing_lock="directory.sort_anew", lock="directory.sort_anew")
def sort_anew() -> None:
    """After somebody changed the words that lead to needs. Twice does no harm."""
    services.sort_into_needs()


@app.periodic(cron="5 0 * * * 0")
@app.task(name="directory.end_of_day", queueing_lock="directory.end_of_day", pass_context=False)
def end_of_day(timestamp: int) -> None:
    """After midnight: what was to begin begins, listings whose last day is over leave, senders of old
    reports are forgotten."""
    services.expire_listings()
    services.begin_coming_statuses()
    services.forget_senders()
    services.forget_newcomers()


@app.periodic(cron="0 9 * * * 0")
@app.task(name="directory.tell_what_ends", queueing_lock="directory.tell_what_ends", pass_context=False)
def tell_what_ends(timestamp: int) -> None:
    """In the morning: keepers hear what they said about room for new people that ends soon."""
    services.tell_what_ends()


@app.periodic(cron="30 3 * * * 0")
@app.task(name="directory.machine_check", queueing_lock="directory.machine_check", pass_context=False)
def machine_check(timestamp: int) -> None:
    """Every night a part of the listings: phones, e-mail and web addresses that cannot be right."""
    services.check_some_by_machine()


@app.task(name="directory.due_anew", queueing_lock="directory.due_anew", lock="directory.due_anew")
def due_anew() -> None:
    """After somebody changed a cadence. Twice does no harm."""
    services.make_all_due_anew()
