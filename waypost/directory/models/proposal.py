"""Changes of a listing's delicate fields that wait for the network's staff. Never of what is private."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.directory.choices import FactOf
from waypost.directory.models.organization import Organization
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class ProposalStatus(models.TextChoices):
    """How a proposed change stands."""

    WAITING = "waiting", _("Waits for the network's staff")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class Proposal(models.Model):
    """A keeper wants one field to say ``new``; ``old`` is what it said then. One waits for each field.

    Values as facts hold them: a scalar as JSON has it, or a list of plain objects.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="proposals")
    entity = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField()
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    participant = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    asked_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=now)
    status = models.CharField(
        max_length=10, choices=ProposalStatus.choices, default=ProposalStatus.WAITING, db_default="waiting"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, default="", blank=True)
    decision_words = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entity", "row_id", "field"],
                condition=Q(status="waiting"),
                name="directory_proposal_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="directory_proposal_status"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "asked_at"], name="directory_proposal_queue")]
