"""What an organization keeps for itself about services: seen by nobody else (row level security)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from waypost.directory.choices import GapStatus, SharedWith
from waypost.directory.models.service import Service
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class Kept(models.Model):
    """A row of one organization; ``user`` made it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    user_name = models.TextField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        abstract = True


class Shared(Kept):
    """A row with a name that is one's own, the team's, or the whole organization's."""

    name = models.CharField(max_length=120)
    shared_with = models.CharField(
        max_length=12, choices=SharedWith.choices, default=SharedWith.NOBODY, db_default=SharedWith.NOBODY
    )
    team = models.ForeignKey("network.Team", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class SavedSearch(Shared):
    """A search by its name; ``query`` is what stands in the address after the question mark."""

    query = models.TextField()

    class Meta:
        db_table = "held_savedsearch"
        verbose_name_plural = "saved searches"
        indexes: ClassVar = [models.Index(fields=["held_by", "name"], name="held_savedsearch_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(shared_with=SharedWith.TEAM) | Q(team__isnull=False),
                name="held_savedsearch_team",
            )
        ]


class Favourite(Kept):
    """A service that somebody likes to go back to, with a note."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    note = models.TextField(default="", blank=True)

    class Meta:
        db_table = "held_favourite"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["held_by", "user", "service"], name="held_favourite_once")
        ]


class ServiceList(Shared):
    """Services under a name, in an order."""

    class Meta:
        db_table = "held_servicelist"
        indexes: ClassVar = [models.Index(fields=["held_by", "name"], name="held_servicelist_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(shared_with=SharedWith.TEAM) | Q(team__isnull=False),
                name="held_servicelist_team",
            )
        ]


class ListItem(Kept):
    """A service on a list; ``position`` orders them, from 1 on."""

    list = models.ForeignKey(ServiceList, on_delete=models.CASCADE, related_name="items")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    note = models.TextField(default="", blank=True)

    class Meta:
        db_table = "held_listitem"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "service"], name="held_listitem_once"),
        ]


class ServiceNote(Kept):
    """What the workers of one organization tell each other about a service."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()

    class Meta:
        db_table = "held_servicenote"
        indexes: ClassVar = [
            models.Index(fields=["held_by", "service", "-created_at"], name="held_servicenote_newest")
        ]


class GapRequest(Kept):
    """No service is known for something: somebody is to find one.

    ``handled_by`` looks after the directory; it sees the request and answers it. ``service`` is what was
    found; ``answer`` says so in words.
    """

    handled_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=60, default="", blank=True)
    place = models.CharField(max_length=60, default="", blank=True)
    language = models.CharField(max_length=10, default="", blank=True)
    words = models.TextField(default="", blank=True)
    status = models.CharField(max_length=10, choices=GapStatus.choices, default=GapStatus.OPEN)
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(default="", blank=True)
    answered_by_name = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "held_gaprequest"
        indexes: ClassVar = [
            models.Index(fields=["held_by", "status", "-created_at"], name="held_gaprequest_own"),
            models.Index(fields=["handled_by", "status", "created_at"], name="held_gaprequest_handled"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=GapStatus.values), name="held_gaprequest_status"),
            models.CheckConstraint(
                condition=Q(status=GapStatus.OPEN, answered_at__isnull=True)
                | Q(status=GapStatus.ANSWERED, answered_at__isnull=False)
                | Q(status=GapStatus.CLOSED, closed_at__isnull=False),
                name="held_gaprequest_times",
            ),
        ]
