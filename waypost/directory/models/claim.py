"""Claims: an organization says that a listing is its own. About a public listing; nobody's personal data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.directory import machine
from waypost.directory.models.organization import Organization
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class ClaimStatus(models.TextChoices):
    """How a claim stands; moved by ``machine.CLAIM`` alone."""

    REQUESTED = machine.REQUESTED, _("Begun")
    PROVING = machine.PROVING, _("Being proved")
    PROVEN = machine.PROVEN, _("Proved")
    REVIEW = machine.REVIEW, _("Looked at by the network's staff")
    GRANTED = machine.GRANTED, _("Granted")
    REFUSED = machine.REFUSED, _("Refused")
    WITHDRAWN = machine.WITHDRAWN, _("Withdrawn")


class ClaimWay(models.TextChoices):
    """How a claim is proved."""

    PHONE = "phone", _("A code said on the listed phone")
    EMAIL = "email", _("A link sent to the organization's own e-mail")
    REVIEW = "review", _("The network's staff look at it")


class Claim(models.Model):
    """``participant`` wants to keep the listing of ``organization``.

    ``contact``: the listed number, or the address the link goes to. Of a code only its keyed hash is kept;
    ``link_key`` stands in the one link that is good now. ``disputed``: somebody else keeps the listing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="claims")
    participant = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=200)
    status = models.CharField(
        max_length=10, choices=ClaimStatus.choices, default=ClaimStatus.REQUESTED, db_default="requested"
    )
    status_before = models.CharField(max_length=10, default="", db_default="", blank=True)
    way = models.CharField(max_length=8, choices=ClaimWay.choices, default="", db_default="", blank=True)
    contact = models.CharField(max_length=254, default="", blank=True)
    words = models.TextField(default="", blank=True)
    disputed = models.BooleanField(default=False, db_default=False)
    code_hash = models.CharField(max_length=64, default="", blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    codes_made = models.PositiveSmallIntegerField(default=0, db_default=0)
    link_key = models.CharField(max_length=64, default="", blank=True)
    links_made = models.PositiveSmallIntegerField(default=0, db_default=0)
    asked_at = models.DateTimeField(default=now)
    decided_by = models.CharField(max_length=200, default="", blank=True)
    decision_words = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "participant"],
                condition=Q(status__in=machine.OPEN),
                name="directory_claim_one_open",
            ),
            models.CheckConstraint(condition=Q(status__in=ClaimStatus.values), name="directory_claim_status"),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "asked_at"], name="directory_claim_queue")]


class ClaimEvent(models.Model):
    """A move of a claim; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events")
    name = models.CharField(max_length=20)
    source = models.CharField(max_length=10)
    target = models.CharField(max_length=10)
    side = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    words = models.TextField(default="", blank=True)
    at = models.DateTimeField(default=now)
