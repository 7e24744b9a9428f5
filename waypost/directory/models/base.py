"""What every row of the directory carries: where it comes from, and what the standard does not know."""

from typing import Any, ClassVar

from django.db import models

from waypost.directory.choices import LOCAL_SOURCE, HiddenWhy
from waypost.kernel.ids import uuid7


class Row(models.Model):
    """A row of a feed or of our own.

    ``source`` names the feed, ``source_scope`` the part of it within which ``source_id`` is unique,
    ``content_hash`` says whether a later import brings anything new, ``extra`` keeps what has no column.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField(max_length=100, default=LOCAL_SOURCE)
    source_scope = models.TextField(default="", blank=True)
    source_id = models.TextField(default="", blank=True)
    imported_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, default="", blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        indexes: ClassVar = [models.Index(fields=["source", "source_id"])]


class Listed(Row):
    """A row that may be kept without being shown. ``hidden_why`` is empty for what is listed.

    ``merged_into``: the listing that is shown in this one's place (never one that is merged itself: a
    trigger says so). ``gone_at``: since then a complete delivery of its feed has not named it.
    """

    hidden_why = models.CharField(
        max_length=12, choices=HiddenWhy.choices, default="", db_default="", blank=True
    )
    hidden_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_rows")
    gone_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        abstract = True


def text() -> Any:
    """A text column as HSDS has them: any length, empty when not known."""
    return models.TextField(default="", blank=True)


def child_of(model: str, related_name: str = "+") -> Any:
    """A reference that may be empty, to a row with which this one goes."""
    return models.ForeignKey(model, on_delete=models.CASCADE, null=True, related_name=related_name)
