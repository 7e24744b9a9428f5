"""After how many days listings of a need are checked again, as dated data."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from waypost.directory.choices import WordList
from waypost.directory.due import make_due
from waypost.directory.models import Cadence, Service
from waypost.directory.needs import need_category
from waypost.directory.services.words import allowed, changed
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused

A_YEAR = 365
FURTHEST = timedelta(days=730)
BATCH = 2000
CADENCE_HEAD = ("need", "days", "from", "until")
A_DAY = timedelta(days=1)


def set_cadence(*, actor: Actor, category: str, days: int, valid_from: date) -> None:
    """From a day on (today or later) check listings of a need after so many days; '' is for all others."""
    allowed(actor)
    checked_cadence(category, days, valid_from)
    before = _in_force(category, valid_from)
    if before is not None and before.days == days:
        raise Refused(_("This is so already."), field="days")
    rows = list(Cadence.objects.select_for_update().filter(category=category).order_by("valid_from"))
    for row in rows:
        if row.valid_from < valid_from and (row.valid_to is None or row.valid_to >= valid_from):
            row.valid_to = valid_from - A_DAY
            row.save(update_fields=["valid_to"])
    later = next((row.valid_from for row in rows if row.valid_from > valid_from), None)
    Cadence.objects.update_or_create(
        category=category,
        valid_from=valid_from,
        defaults={"days": days, "valid_to": later - A_DAY if later else None},
    )
    _write_down(actor, category, str(before.days) if before else "", f"{days} ({valid_from})")


def end_cadence(*, actor: Actor, category: str) -> None:
    """From today on a need has no days of its own: those for all others hold."""
    allowed(actor)
    row = _in_force(category, today())
    if not category or row is None:
        raise Refused(_("This need has no days of its own."), field="days")
    before = str(row.days)
    Cadence.objects.filter(category=category, valid_from__gte=today()).delete()
    Cadence.objects.filter(category=category, valid_to__isnull=True).update(valid_to=today() - A_DAY)
    Cadence.objects.filter(category=category, valid_to__gte=today()).update(valid_to=today() - A_DAY)
    _write_down(actor, category, before, "")


def checked_cadence(category: str, days: int, valid_from: date) -> None:
    """Raise Refused for what is no cadence."""
    if category and need_category(category) is None:
        raise Refused(_("%(code)s is not a need category.") % {"code": category}, field="category")
    if not 1 <= days <= A_YEAR:
        raise Refused(_("Between one day and a year (365 days)."), field="days")
    if not today() <= valid_from <= today() + FURTHEST:
        raise Refused(_("From today on, or a day within two years."), field="valid_from")


def cadences_table() -> Iterable[tuple[str, int, date, str]]:
    """Every row, past ones too."""
    for row in Cadence.objects.order_by("category", "valid_from"):
        yield row.category, row.days, row.valid_from, str(row.valid_to or "")


def make_all_due_anew() -> None:
    """After a change: when each listing is to be checked, by the days of now."""
    ids = list(Service.objects.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            make_due(ids[start : start + BATCH])


def _in_force(category: str, day: date) -> Cadence | None:
    rows = Cadence.objects.filter(category=category, valid_from__lte=day).order_by("-valid_from")
    found = rows.first()
    return found if found and (found.valid_to is None or found.valid_to >= day) else None


def _write_down(actor: Actor, category: str, before: str, after: str) -> None:
    from waypost.directory.jobs import due_anew  # noqa: PLC0415 - jobs import this module

    changed(actor, WordList.CADENCE, category or "*", before=before, after=after)
    try:
        with transaction.atomic():
            due_anew.defer()
    except AlreadyEnqueued:
        return
