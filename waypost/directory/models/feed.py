"""Feeds that bring listings in, each time one was brought in, and what that changed."""

from typing import ClassVar

from django.db import models

from waypost.directory.choices_feeds import Cadence, FeedKind, RunState
from waypost.directory.models.base import text
from waypost.kernel.ids import uuid7


class Feed(models.Model):
    """One feed. ``source`` is what its rows carry; ``mapping`` what the columns of its tables mean.

    ``complete``: the feed always brings all it has, so that what is missing from it is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=100, unique=True)
    url = text()
    kind = models.CharField(max_length=10, choices=FeedKind.choices, default=FeedKind.FILE)
    mapping = models.JSONField(null=True)
    cadence = models.CharField(max_length=10, choices=Cadence.choices, default=Cadence.BY_HAND)
    complete = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    etag = text()
    last_modified = text()
    next_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    last_error = text()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "directory_feed"


class ImportRun(models.Model):
    """One import of a feed, or the look at one.

    ``dry``: what the worker does next writes nothing. ``imported_at`` is what the rows it wrote carry.
    ``set_aside`` holds the rows that were not kept, packed; ``changes_kept`` False: too many to keep.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    how = models.CharField(max_length=10, default="page")
    dry = models.BooleanField(default=True)
    complete = models.BooleanField(default=False)
    files = models.JSONField(default=list)
    asked_by = text()
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    message = text()
    set_aside = models.BinaryField(null=True)
    changes_kept = models.BooleanField(default=True)

    class Meta:
        db_table = "directory_importrun"
        indexes: ClassVar = [models.Index(fields=["feed", "-asked_at"], name="directory_importrun_feed")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="directory_importrun_state"
            )
        ]


class ImportChange(models.Model):
    """What an import changed in one row: only the columns that differ, before and after."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    table = models.CharField(max_length=40)
    row_id = models.UUIDField()
    title = text()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        db_table = "directory_importchange"
