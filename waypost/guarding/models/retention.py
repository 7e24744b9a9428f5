"""A hold that keeps a record from being destroyed, and the destroying of one by two people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from waypost.guarding.machine import DISPOSAL, DUE
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class Hold(models.Model):
    """Nothing of this person's record goes until it is lifted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    demand = models.ForeignKey("guarding.Demand", on_delete=models.PROTECT, null=True, related_name="holds")
    reason = models.TextField()
    placed_by_name = models.CharField(max_length=200)
    placed_at = models.DateTimeField(default=now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)
    lifted_words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="guarding_hold_for_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_words=""),
                name="guarding_hold_lifted_for_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["held_by", "person_id"])]


class Disposal(models.Model):
    """A record whose time is over. Afterwards this row is the tombstone: that there was one, who did it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    last_contact_on = models.DateField()
    due_on = models.DateField()
    found_at = models.DateTimeField(default=now)
    status = models.CharField(max_length=20, default=DUE)
    status_before = models.CharField(max_length=20, blank=True)
    asked_by = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=DISPOSAL.states), name="guarding_disposal_status"),
            models.CheckConstraint(
                condition=~Q(status="done")
                | (
                    Q(asked_by__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(asked_by=F("confirmed_by"))
                ),
                name="guarding_disposal_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["person_id"],
                condition=Q(status__in=["due", "asked"]),
                name="guarding_disposal_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["held_by", "status", "due_on"])]
