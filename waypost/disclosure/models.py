"""The access table, which row level security reads, and the log of what left."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class Access(models.Model):
    """A projection of the rules' decisions: this holder's rows on these topics are open to that recipient.

    The web role cannot write it; SECURITY DEFINER functions do, after checking what stands behind.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    holder = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    topics = ArrayField(models.CharField(max_length=60))
    sensitivities = ArrayField(models.CharField(max_length=40), default=list)
    purposes = ArrayField(models.CharField(max_length=40), default=list)
    basis = models.CharField(max_length=30)
    consent_id = models.UUIDField(null=True)
    source = models.CharField(max_length=30)
    source_id = models.UUIDField()
    worker_id = models.UUIDField(null=True)  # open to this worker alone; null: to the whole organization
    starts_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(holder=F("recipient")), name="disclosure_access_two_parties"),
            models.CheckConstraint(
                condition=~Q(basis="consent") | Q(consent_id__isnull=False),
                name="disclosure_access_names_consent",
            ),
            models.CheckConstraint(
                condition=~Q(basis="emergency") | Q(worker_id__isnull=False, ends_at__isnull=False),
                name="disclosure_access_emergency_ends",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "recipient"]),
            models.Index(fields=["recipient", "person"]),
            models.Index(fields=["source", "source_id"]),
        ]


class Disclosure(models.Model):
    """What left, to whom, on what basis, for what purpose: the accounting of disclosures (45 CFR 164.528)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    recipient_id = models.UUIDField(null=True)
    recipient_name = models.CharField(max_length=300)
    topics = ArrayField(models.CharField(max_length=60))
    sensitivities = ArrayField(models.CharField(max_length=40), default=list)
    purpose = models.CharField(max_length=40)
    basis = models.CharField(max_length=30)
    reasons = models.JSONField(default=list)
    carries = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    scope = models.JSONField(
        default=dict, db_default={}
    )  # of the consent behind it, as it was told on that day
    consent_id = models.UUIDField(null=True)
    source = models.CharField(max_length=30)
    source_id = models.UUIDField()
    at = models.DateTimeField(default=now)
    actor_name = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["held_by", "person_id", "at"])]
