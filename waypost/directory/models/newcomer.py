"""People without an account who ask to keep the listing of their organization."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from waypost.directory.choices import NewcomerStatus
from waypost.directory.models.claim import ClaimWay
from waypost.directory.models.organization import Organization
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class Newcomer(models.Model):
    """Somebody asks for the listing of ``organization``: which way of proof, and how far. Names nobody.

    ``sender``: a keyed hash of the network address, forgotten after 30 days. ``link_key`` stands in the one
    link that is good now.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="newcomers")
    way = models.CharField(max_length=8, choices=ClaimWay.choices)
    status = models.CharField(max_length=10, choices=NewcomerStatus.choices, default=NewcomerStatus.ASKED)
    sender = models.CharField(max_length=64, default="", blank=True)
    link_key = models.CharField(max_length=64, default="", blank=True)
    asked_at = models.DateTimeField(default=now)
    proved_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=NewcomerStatus.values), name="directory_newcomer_status"
            ),
            models.CheckConstraint(condition=Q(way__in=ClaimWay.values), name="directory_newcomer_way"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "asked_at"], name="directory_newcomer_queue"),
            models.Index(fields=["sender", "asked_at"], name="directory_newcomer_sender"),
        ]


class NewcomerPerson(models.Model):
    """Who asks, and how to reach them; read by the network's staff alone. Deleted a year after the answer."""

    newcomer = models.OneToOneField(
        Newcomer, on_delete=models.CASCADE, primary_key=True, related_name="person"
    )
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    words = models.TextField(default="", blank=True)
    language = models.CharField(max_length=10, default="en")
    answer = models.TextField(default="", blank=True)

    class Meta:
        db_table = "held_newcomer"
