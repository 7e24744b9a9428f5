"""What several sources say of one listing: whom to believe, where they differ, who asked not to be listed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from waypost.directory.choices import ConflictStatus, FactOf, MatchStatus
from waypost.directory.models.base import text
from waypost.kernel.ids import uuid7


class Precedence(models.Model):
    """How far a source is believed about a field; ``field`` empty: about every field. Lower goes first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    field = models.CharField(max_length=40, default="", blank=True)
    source = models.CharField(max_length=100)
    rank = models.IntegerField()
    by = models.UUIDField(null=True)
    by_name = text()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["field", "source"], name="directory_precedence_once")
        ]


class Conflict(models.Model):
    """A field of which a source says something else than what is shown.

    ``theirs_row``: the listing in which that source says so (this one, or one merged into it). A decided
    conflict stays decided while ``theirs`` stays the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField()
    field = models.CharField(max_length=40)
    theirs_row = models.UUIDField()
    source = models.CharField(max_length=100)
    ours = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    theirs_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=ConflictStatus.choices, default=ConflictStatus.OPEN)
    opened_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = text()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entity", "row_id", "field", "theirs_row", "source"], name="directory_conflict_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "source", "-opened_at"], name="directory_conflict_list")
        ]


class SettleDue(models.Model):
    """A listing whose fields are to be settled anew, because one of its sources said something new."""

    id = models.BigAutoField(primary_key=True)
    entity = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField()


class DoNotList(models.Model):
    """Somebody asked not to be listed. Known by its row, or by name with phone or address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField(null=True)
    name = text()
    phones = ArrayField(models.TextField(), default=list)
    streets = ArrayField(models.TextField(), default=list)
    reason = text()
    asked_by = text()
    asked_on = models.DateField()
    made_by = models.UUIDField(null=True)
    made_by_name = text()
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = text()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "row_id"], name="directory_donotlist_row")]


class DoNotListMatch(models.Model):
    """A listing that may be one that asked not to be listed; hidden until somebody has looked at it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(DoNotList, on_delete=models.CASCADE, related_name="matches")
    kind = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField()
    status = models.CharField(max_length=10, choices=MatchStatus.choices, default=MatchStatus.OPEN)
    found_at = models.DateTimeField()
    decided_by_name = text()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "kind", "row_id"], name="directory_donotlistmatch_once")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "row_id"], name="directory_donotlistmatch_row")]


class Seen(models.Model):
    """A row that the delivery of a feed that is being read has named; empty when none is being read."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=100)
    table = models.CharField(max_length=40)
    row_id = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "table", "row_id"], name="directory_seen_row")]
