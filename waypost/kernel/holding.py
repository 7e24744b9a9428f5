"""The three columns that decide who sees a row with personal data (design § 3)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Sharing(models.Model):
    """Held by one organization, about one topic, with its sensitivities."""

    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=60)
    sensitivities = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        abstract = True
