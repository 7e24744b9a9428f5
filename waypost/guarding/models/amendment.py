"""A person's request to correct the record (45 CFR 164.526), and the person's own words beside a refusal."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.guarding.machine import AMENDMENT, ASKED
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class DenialReason(models.TextChoices):
    """Why it may be denied, 45 CFR 164.526(a)(2)."""

    NOT_OURS = "not_ours", _("Somebody else wrote it, and can still be asked")
    NOT_PART = "not_part", _("It is not a part of the record")
    NOT_OPEN = "not_open", _("It is a part that the person may not see")
    ACCURATE = "accurate", _("It is right and complete as it stands")


class Amendment(models.Model):
    """One request; ``disagreement`` stands with the record from the day on which it is given."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    what = models.TextField()
    why = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    extended_on = models.DateField(null=True)
    extension_words = models.TextField(blank=True)
    taken_by_name = models.CharField(max_length=200)
    taken_at = models.DateTimeField(default=now)
    status = models.CharField(max_length=20, default=ASKED)
    status_before = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answer_words = models.TextField(blank=True)
    told = models.TextField(blank=True)
    denial_reason = models.CharField(max_length=20, choices=DenialReason.choices, blank=True)
    disagreement = models.TextField(blank=True)
    disagreed_on = models.DateField(null=True)
    rebuttal = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=AMENDMENT.states), name="guarding_amendment_status"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["denied", "disputed"]) | ~Q(denial_reason=""),
                name="guarding_amendment_denied_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="disputed") | ~Q(disagreement=""),
                name="guarding_amendment_disputed_in_words",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "status", "due_on"]),
            models.Index(fields=["held_by", "person_id"]),
        ]
