"""Notices on the page and their delivery by e-mail. Kinds, ids and references only: nothing personal."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class Notice(models.Model):
    """Something happened that this organization (``user_id`` null) or this user of it should know.

    ``event_id`` is the announced event behind it: one event makes one notice for one addressee, however
    often it is delivered. ``roles`` says which members a notice to the whole organization is for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    user_id = models.UUIDField(null=True)
    roles = ArrayField(models.CharField(max_length=20), default=list)
    kind = models.CharField(max_length=60)
    detail = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField()
    reference = models.CharField(max_length=20, blank=True)
    from_name = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=200)
    event_id = models.UUIDField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event_id", "kind", "held_by", "user_id"],
                nulls_distinct=False,
                name="messaging_notice_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["held_by", "-created_at"])]


class NoticeRead(models.Model):
    """This user has seen this notice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reads")
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    read_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "user_id"], name="messaging_read_once")
        ]
        indexes: ClassVar = [models.Index(fields=["user_id", "notice"])]


class Delivery(models.Model):
    """One e-mail to one user about one notice. The address is looked up when it is sent, never kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    message_id = models.CharField(max_length=200, unique=True)
    attempts = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
