"""What keeping the listings true needs: cadences, what is due, faults that people report, time spent."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from waypost.directory.choices import CheckHow, CheckResult, FaultKind, FaultOutcome
from waypost.directory.models.base import child_of, text
from waypost.directory.models.service import Service
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7

LONGEST_CADENCE = 366


class Cadence(models.Model):
    """After how many days a listing of this need category is checked again; '' speaks for all others."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    category = models.CharField(max_length=60, default="", blank=True)
    days = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "valid_from"], name="directory_cadence_one_a_day"),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST_CADENCE), name="directory_cadence_year_at_most"
            ),
        ]


class CheckDue(models.Model):
    """When a service is to be checked again, how urgently, and who has taken it in hand.

    Made anew from the listing on every write and once a night (it is a table of its own because writes
    to the service make the search's rows anew). ``urgency`` counts one for a listing that is due today.
    ``towns`` holds ZIP codes and city names in lower case; confidential places are not in it.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="+")
    due_on = models.DateField()
    days = models.IntegerField()
    urgency = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    need_categories = ArrayField(models.TextField(), default=list)
    towns = ArrayField(models.TextField(), default=list)
    claimed_by_id = models.UUIDField(null=True)
    in_hand_of = models.ForeignKey(
        "network.Organization", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    in_hand_team = models.ForeignKey("network.Team", on_delete=models.SET_NULL, null=True, related_name="+")
    in_hand_user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    in_hand_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on"], name="directory_checkdue_day"),
            models.Index(fields=["-urgency", "service"], name="directory_checkdue_urgent"),
            models.Index(
                fields=["in_hand_of", "in_hand_user"],
                condition=Q(in_hand_of__isnull=False),
                name="directory_checkdue_in_hand",
            ),
            models.Index(
                fields=["again_at"], condition=Q(again_at__isnull=False), name="directory_checkdue_again"
            ),
            models.Index(
                fields=["claimed_by_id"],
                condition=Q(claimed_by_id__isnull=False),
                name="directory_checkdue_claimed",
            ),
            GinIndex(fields=["towns"], name="directory_checkdue_towns"),
            GinIndex(fields=["need_categories"], name="directory_checkdue_needs"),
        ]


class ServiceUse(models.Model):
    """How referrals to a service went in the last half year; counted where referrals are known."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="+")
    sent = models.IntegerField()
    accepted = models.IntegerField()
    unanswered = models.IntegerField()
    outcome_known = models.IntegerField()
    received = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    accepted__lte=models.F("sent"),
                    unanswered__lte=models.F("sent"),
                    outcome_known__lte=models.F("sent"),
                    received__lte=models.F("outcome_known"),
                ),
                name="directory_serviceuse_parts",
            )
        ]


class Fault(models.Model):
    """Somebody says that a listing is wrong. Who it was is not known: ``sender`` is a keyed hash that is

    forgotten after 30 days. ``words`` and ``answer`` are never part of the listing; ``key`` is the hash of
    what opens the reporter's page. ``said_by`` is set where a worker of the network reported it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=FaultKind.choices)
    words = text()
    sender = models.CharField(max_length=64, default="", blank=True)
    key = models.CharField(max_length=64, unique=True)
    said_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=12, choices=FaultOutcome.choices, default="", db_default="", blank=True
    )
    answer = text()
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=FaultKind.values), name="directory_fault_kind"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | Q(answered_at__isnull=False, outcome__in=FaultOutcome.values),
                name="directory_fault_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["service", "kind"],
                condition=Q(answered_at__isnull=True),
                name="directory_fault_open",
            ),
            models.Index(fields=["reported_at"], name="directory_fault_reported"),
            models.Index(fields=["sender", "reported_at"], name="directory_fault_sender"),
        ]


class Contacted(models.Model):
    """A call, a visit or a look on the web to keep a listing true, with the time it took.

    Kept by the worker's own organization. ``confirmed`` and ``changed`` hold names of fields.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("network.Team", on_delete=models.SET_NULL, null=True, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    service = child_of("directory.Service")
    organization = child_of("directory.Organization")
    how = models.CharField(max_length=10, choices=CheckHow.choices)
    result = models.CharField(max_length=12, choices=CheckResult.choices)
    confirmed = ArrayField(models.CharField(max_length=40), default=list)
    changed = ArrayField(models.CharField(max_length=40), default=list)
    not_asked = ArrayField(models.CharField(max_length=40), default=list)
    with_whom = text()
    words = text()
    seconds = models.IntegerField(default=0)
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "held_contacted"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(seconds__gte=0), name="held_contacted_seconds"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "at"], name="held_contacted_at"),
            models.Index(fields=["held_by", "service", "at"], name="held_contacted_service"),
        ]
