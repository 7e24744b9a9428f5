"""Consents: who may tell what to whom, for what purpose, until when, and how that was said."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from waypost.kernel.clock import now
from waypost.kernel.holding import Sharing
from waypost.kernel.ids import uuid7


class Decision(models.TextChoices):
    """What the person said."""

    AGREED = "agreed", _("agreed")
    PREFERS_NOT = "prefers_not", _("would rather not share")


class Captured(models.TextChoices):
    """How it was said. Spoken never serves Part 2, an authorization or FERPA."""

    SPOKEN = "spoken", _("Spoken")
    WRITTEN = "written", _("Signed on paper or screen")


class RecipientClass(models.TextChoices):
    """Recipients that are not named one by one."""

    NAMED = "named", _("Only the organizations named")
    PARTNERS = "partners", _("Any community partner that could help")


class Status(models.TextChoices):
    """The life of a consent; expiry is read from ``ends_at``."""

    ACTIVE = "active", _("in force")
    REVOKED = "revoked", _("taken back")


class Consent(Sharing):
    """What a person said about sharing. Never changed afterwards but for being taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    discloser_ids = ArrayField(models.UUIDField(), default=list)
    recipient_class = models.CharField(max_length=20, choices=RecipientClass.choices)
    recipient_ids = ArrayField(models.UUIDField(), default=list)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    covers_sensitivities = ArrayField(models.CharField(max_length=40), default=list)
    purposes = ArrayField(models.CharField(max_length=40), default=list)
    reply = models.BooleanField(default=True)  # the recipient may tell the discloser how it went
    captured = models.CharField(max_length=20, choices=Captured.choices)
    words_shown = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="en")
    witness = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)
    recalled_referrals = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="consent_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(status="revoked", revoked_at__isnull=False)
                | (~Q(status="revoked") & Q(revoked_at__isnull=True)),
                name="consent_revoked_has_date",
            ),
            models.CheckConstraint(
                condition=Q(decision="prefers_not") | ~Q(topics=[]), name="consent_agreed_names_topics"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "status"])]
