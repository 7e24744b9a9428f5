"""Emergency access: each try with its reason and clock; what it matched is known to the database alone."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from waypost.guarding.machine import EMERGENCY, NOTHING
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7

LONGEST = timedelta(hours=24)


class EmergencyReason(models.TextChoices):
    """What is at stake."""

    MEDICAL = "medical", _("A person's life or health is in danger")
    HARM = "harm", _("Somebody may be hurt, or may hurt themselves")
    MISSING = "missing", _("A person who needs care cannot be found")


class FactKind(models.TextChoices):
    """By which exact facts somebody was looked for; the facts themselves are not kept."""

    REFERENCE = "reference", _("number of a referral")
    NAME = "name", _("name and birth date")
    PHONE = "phone", _("phone number")


class Emergency(models.Model):
    """One try. ``holder_ids``: whose records it opened. Nobody changes its clock or its opener."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    user_name = models.CharField(max_length=200)
    user_role = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, choices=EmergencyReason.choices)
    words = models.TextField()
    facts = models.CharField(max_length=20, choices=FactKind.choices)
    status = models.CharField(
        max_length=20, default=NOTHING, choices=[(each, each) for each in EMERGENCY.states]
    )
    status_before = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    holder_ids = ArrayField(models.UUIDField(), default=list)
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_by_name = models.CharField(max_length=200, blank=True)
    review_words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at"), until__lte=F("opened_at") + LONGEST),
                name="guarding_emergency_has_a_clock",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="guarding_emergency_has_words"),
            models.CheckConstraint(
                condition=Q(status__in=EMERGENCY.states), name="guarding_emergency_known_status"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user_id")),
                name="guarding_emergency_not_reviewed_by_its_opener",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["justified", "not_justified"]) | Q(reviewed_by__isnull=False),
                name="guarding_emergency_reviewed_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "-opened_at"]),
            models.Index(fields=["user_id", "-opened_at"]),
        ]


class EmergencyMatch(models.Model):
    """Whom the facts of a try meant. No policy lets the web role read it: a miss and a hit look alike."""

    id = models.BigAutoField(primary_key=True)
    emergency = models.ForeignKey(Emergency, on_delete=models.CASCADE, related_name="+")
    person_id = models.UUIDField()
    holder_id = models.UUIDField()
