"""A person's request for a copy of the whole record (45 CFR 164.524), and the files made for it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from waypost.guarding.machine import ASKED, COPY
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class Copy(models.Model):
    """One request. ``person_id`` is no foreign key: that it was answered outlives the record itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    for_representative = models.BooleanField(default=False)
    language = models.CharField(max_length=20, default="en")
    due_on = models.DateField()
    extended_on = models.DateField(null=True)
    extension_words = models.TextField(blank=True)
    status = models.CharField(max_length=20, default=ASKED)
    status_before = models.CharField(max_length=20, blank=True)
    taken_by = models.UUIDField(null=True)
    taken_by_name = models.CharField(max_length=200)
    taken_at = models.DateTimeField(default=now)
    made_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "copies"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=COPY.states), name="guarding_copy_known_status"),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True) | ~Q(extension_words=""),
                name="guarding_copy_extended_for_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["held_by", "status", "due_on"])]


class CopyFile(models.Model):
    """The file to hand over, as JSON or PDF, sealed; gone a month after it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(max_length=4, choices=[("json", "JSON"), ("pdf", "PDF")])
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["copy", "form"], name="guarding_copyfile_one_a_form")
        ]
