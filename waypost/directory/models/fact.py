"""What is known of a single field: where it came from, whether a machine or a human made sure of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from waypost.directory.choices import LOCAL_SOURCE, ConfirmedHow, FactOf
from waypost.directory.models.base import text
from waypost.kernel.ids import uuid7


class FieldFact(models.Model):
    """One source's word for one field of an organization, a service or a location.

    Sparse: where no row stands, a field's source and import are those of its own row. ``value`` is a
    scalar as JSON has it (dates in ISO 8601, decimals as text) or a list of plain objects. ``changed_on``
    and ``changed_by``: when somebody here made it say something else, until somebody else confirms that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField()
    field = models.CharField(max_length=40)
    source = models.CharField(max_length=100, default=LOCAL_SOURCE)
    value = models.JSONField(null=True)
    imported_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    check_result = text()
    confirmed_on = models.DateField(null=True)
    confirmed_how = models.CharField(
        max_length=10, choices=ConfirmedHow.choices, default="", db_default="", blank=True
    )
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    changed_on = models.DateField(null=True)
    changed_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entity", "row_id", "field", "source"], name="directory_fieldfact_one_a_source"
            ),
            models.CheckConstraint(condition=Q(entity__in=FactOf.values), name="directory_fieldfact_entity"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_how="")
                | Q(confirmed_on__isnull=False, confirmed_how__in=ConfirmedHow.values),
                name="directory_fieldfact_confirmed_how",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["source"], name="directory_fieldfact_source")]
