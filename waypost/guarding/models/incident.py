"""Privacy incidents and legal demands, each with steps that nobody changes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.guarding.machine import DEMAND, INCIDENT, REPORTED, TAKEN_IN
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class IncidentSource(models.TextChoices):
    """Who noticed."""

    WORKER = "worker", _("Somebody who works here")
    PERSON = "person", _("Somebody whom we serve, or their family")
    PARTNER = "partner", _("Another organization")
    EMERGENCY = "emergency", _("Review of an emergency access")


class Incident(models.Model):
    """Something may have been seen or told that should not. ``due_on``: see 45 CFR 164.404."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=IncidentSource.choices)
    words = models.TextField()
    happened_on = models.DateField(null=True)
    discovered_on = models.DateField()
    due_on = models.DateField()
    reported_by = models.UUIDField(null=True)
    reported_by_name = models.CharField(max_length=200)
    reported_at = models.DateTimeField(default=now)
    emergency_id = models.UUIDField(null=True)
    status = models.CharField(max_length=20, default=REPORTED)
    status_before = models.CharField(max_length=20, blank=True)
    nature = models.TextField(blank=True)
    who = models.TextField(blank=True)
    acquired = models.TextField(blank=True)
    mitigated = models.TextField(blank=True)
    low_risk = models.BooleanField(null=True)
    people = models.PositiveIntegerField(null=True)
    told_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=INCIDENT.states), name="guarding_incident_status"),
            models.CheckConstraint(condition=~Q(words=""), name="guarding_incident_says_what"),
            models.CheckConstraint(
                condition=~Q(status="told") | Q(told_on__isnull=False), name="guarding_incident_told_when"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["held_by", "status", "due_on"])]


class DemandKind(models.TextChoices):
    """What came."""

    SUBPOENA = "subpoena", _("A subpoena or another paper from a lawyer")
    COURT_ORDER = "court_order", _("An order of a court")
    WARRANT = "warrant", _("A warrant")
    IMMIGRATION = "immigration", _("Immigration officers")
    POLICE = "police", _("Police or other officers without a paper")
    OTHER = "other", _("Something else of this kind")


class Demand(models.Model):
    """Somebody with authority asks for what we know. Nothing is released by it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DemandKind.choices)
    at_the_door = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=300)
    asked_for = models.TextField()
    answer_by = models.DateField(null=True)
    taken_by_name = models.CharField(max_length=200)
    taken_at = models.DateTimeField(default=now)
    status = models.CharField(max_length=20, default=TAKEN_IN)
    status_before = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=DEMAND.states), name="guarding_demand_status")
        ]
        indexes: ClassVar = [models.Index(fields=["held_by", "status", "taken_at"])]


class Step(models.Model):
    """What somebody did about an incident or a demand; added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    name = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_id", "at"])]
