"""The form on which somebody agreed: its words, its signature, who looked at it, and the copies given."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from waypost.consent.models.said import Captured
from waypost.kernel.clock import now
from waypost.kernel.holding import Sharing
from waypost.kernel.ids import uuid7


class FormStatus(models.TextChoices):
    """Whether a form counts. What was signed on our screen counts at once; paper waits for a second pair."""

    ACTIVE = "active", _("counts")
    WAITING = "waiting", _("waits until somebody has looked at it")
    SENT_BACK = "sent_back", _("sent back")


class Form(Sharing):
    """One form, which may hold several instruments: each is a consent of its own.

    ``statements``: codes of the sentences that stand in it. ``elements``: for each instrument, which elements
    that the law asks for are there ({"part2": {"expiry": true, …}}). ``confirmed``: what the second pair of
    eyes saw on the paper. ``minor_signed_by``: the young person who signed beside a parent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=20)
    version = models.CharField(max_length=40, blank=True)
    words_shown = models.TextField(blank=True)
    statements = ArrayField(models.CharField(max_length=40), default=list)
    captured = models.CharField(max_length=20, choices=Captured.choices)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)
    representative = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    alone_because = models.CharField(max_length=40, blank=True)
    minor_signed_by = models.CharField(max_length=200, blank=True, db_default="")
    witness = models.CharField(max_length=200, blank=True)
    identity_checked = models.BooleanField(default=False)
    status = models.CharField(max_length=20, choices=FormStatus.choices)
    elements = models.JSONField(default=dict)
    confirmed = ArrayField(models.CharField(max_length=40), default=list)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now)
    verified_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    verified_by_name = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True)
    sent_back_words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("recorded_by")),
                name="consent_form_other_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(captured="scan", status="active") | Q(verified_by__isnull=False),
                name="consent_form_paper_was_seen",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["held_by", "recorded_at"], condition=Q(status="waiting"), name="consent_form_waiting"
            ),
        ]


class Media(models.TextChoices):
    """What may be kept, told by its content and never by its name."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"


class KeptFile(models.Model):
    """A scan or a drawn signature, sealed: readable with the installation's keys only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="files")
    media = models.CharField(max_length=40, choices=Media.choices)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    added_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["form"], name="consent_kept_form")]


class Copy(models.Model):
    """A copy of a form was given to the person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="copies")
    language = models.CharField(max_length=20)
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField(default=now)
