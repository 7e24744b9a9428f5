"""The closed lists of feeds and imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cadence(models.TextChoices):
    """How often a feed is fetched by itself."""

    BY_HAND = "by_hand", _("Only when somebody asks")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")


class FeedKind(models.TextChoices):
    """What lies at a feed's address."""

    FILE = "file", _("A file (CSV, zip, Excel, JSON)")
    API = "api", _("An HSDS 3 API")


class RunState(models.TextChoices):
    """Where one import stands."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Running")
    COLUMNS = "columns", _("Waiting for the meaning of columns")
    READY = "ready", _("Looked at; waiting for your yes")
    DONE = "done", _("Imported")
    UNCHANGED = "unchanged", _("Nothing new at the address")
    FAILED = "failed", _("Nothing was imported")
    DROPPED = "dropped", _("Called off")
    UNDONE = "undone", _("Undone")


LIVE = (RunState.WAITING, RunState.RUNNING, RunState.COLUMNS, RunState.READY)
