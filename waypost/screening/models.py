"""Instruments (public), and what people answered and need (held by one organization)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.kernel.clock import now
from waypost.kernel.holding import Sharing
from waypost.kernel.ids import uuid7
from waypost.screening.machine import NEED

NOTES = "notes"


class Mode(models.TextChoices):
    """How the questions were asked."""

    INTERVIEW = "interview", _("Asked in a conversation")
    SELF_PAPER = "self_paper", _("Filled in on paper")
    SELF_SCREEN = "self_screen", _("Filled in on a screen")


class WantsHelp(models.TextChoices):
    """Having a need and wanting help with it are two answers."""

    YES = "yes", _("Wants help")
    NO = "no", _("Wants no help")
    LATER = "later", _("Maybe later")
    UNKNOWN = "unknown", _("Not asked yet")


class Source(models.TextChoices):
    """Where a need comes from."""

    SCREENING = "screening", _("Screening")
    TOLD_US = "told_us", _("Told us")
    REFERRAL = "referral", _("Referral")


class Status(models.TextChoices):
    """The states of ``machine.NEED``."""

    OPEN = "open", pgettext_lazy("need", "Open")
    MET = "met", _("Met, for now")
    WITHDRAWN = "withdrawn", _("No longer wanted")
    UNMET = "unmet", _("Could not be met")


class Instrument(models.Model):
    """A version of a questionnaire: the file as it came, the forms read from it, the mapping to needs."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField(max_length=300)
    version = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=20)
    languages = ArrayField(models.CharField(max_length=20))
    definition = models.JSONField()
    forms = models.JSONField()
    mapping = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    loaded_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["url", "version"], name="screening_instrument_version"),
        ]


class Response(Sharing):
    """Answers as they were given; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    mode = models.CharField(max_length=20, choices=Mode.choices)
    language = models.CharField(max_length=20)
    asked_at = models.DateTimeField(default=now)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    priority_words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=NOTES), name="screening_response_topic"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="screening_response_mode"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "asked_at"])]


class Need(Sharing):
    """Something a person is short of, and whether she wants help with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    category = models.CharField(max_length=60)
    wants_help = models.CharField(max_length=10, choices=WantsHelp.choices, default=WantsHelp.UNKNOWN)
    rank = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    z_code = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, related_name="needs")
    found_on = models.DateField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    status_before = models.CharField(max_length=20, blank=True)
    status_at = models.DateTimeField(default=now)
    ask_again_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=F("category")), name="screening_need_topic"),
            models.CheckConstraint(condition=Q(status__in=NEED.states), name="screening_need_status"),
            models.CheckConstraint(
                condition=Q(wants_help__in=WantsHelp.values), name="screening_need_wants_help"
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1), name="screening_need_rank"
            ),
            models.UniqueConstraint(
                fields=["held_by", "person", "category"],
                condition=Q(status="open"),
                name="screening_need_open_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "status"])]


class NeedEvent(Sharing):
    """What happened to a need: who moved it, when, with which words. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="events")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    move = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    actor_name = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "at"])]
