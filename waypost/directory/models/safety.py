"""Listings whose addresses are kept back until a human has looked."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.directory.models.organization import Organization
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class SafetyDecision(models.TextChoices):
    """What a human said after looking."""

    VICTIM_SERVICE = "victim_service", _("Serves victims of violence: hotline only")
    HIDE_ADDRESS = "hide_address", _("Address stays private")
    SHOW = "show", _("No shelter: address shown")


class SafetyHold(models.Model):
    """A feed brought a listing that speaks of a shelter for victims of violence.

    ``words``: by which of our own words that was seen (never the listing's text). ``location_ids``: the
    places that were made confidential for it, and are shown again if the decision is to show them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="safety_hold")
    words = ArrayField(models.TextField(), default=list)
    location_ids = ArrayField(models.UUIDField(), default=list)
    found_at = models.DateTimeField(default=now)
    decision = models.CharField(
        max_length=16, choices=SafetyDecision.choices, default="", db_default="", blank=True
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision__in=SafetyDecision.values, decided_at__isnull=False),
                name="directory_safetyhold_decided",
            )
        ]
