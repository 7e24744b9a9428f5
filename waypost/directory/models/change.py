"""When a service, or anything that belongs to it, last changed here."""

from django.db import models


class ServiceChange(models.Model):
    """Kept by whatever makes the findings anew, in the same transaction."""

    service_id = models.UUIDField(primary_key=True)
    changed_at = models.DateTimeField(db_index=True)
