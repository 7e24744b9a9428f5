"""Exports of the directory that somebody asked for: when, in which form, how far, which file."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from waypost.directory.choices import ExportForm, ExportState
from waypost.kernel.ids import uuid7


class Export(models.Model):
    """A file that a job writes; ``file_name`` is empty until it is whole, and again when it was cleared."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.CharField(max_length=10, choices=ExportForm.choices)
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    rows_done = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(default=0)
    file_name = models.TextField(default="", blank=True)
    size = models.BigIntegerField(default=0)
    problem = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(form__in=ExportForm.values), name="directory_export_form"),
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="directory_export_state"),
        ]
        indexes: ClassVar = [models.Index(fields=["-asked_at"], name="directory_export_newest")]
