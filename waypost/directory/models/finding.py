"""What the search reads: one row for each service at each place where it can be found."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class MomentsField(models.Field):  # type: ignore[type-arg]
    """``tstzmultirange``: the spans of time in which something holds."""

    def db_type(self, connection: object) -> str:
        """The type of PostgreSQL (14 and later)."""
        return "tstzmultirange"


class Finding(models.Model):
    """A service at a place, or without one; made anew from the listing, never edited.

    Arrays and ``open_spans`` are NULL where the listing says nothing. Confidential places and those of
    victim services have no row of their own: such a service has one row without a point and an address.

    ``document`` holds every word (and each need as ``need:<code>``), ``head`` those of the names, terms and
    the town alone. ``keys`` are the squares of the map and the values of filters, ``facets`` the same as
    bits (directory/facets.py). ``near_latitude``: the point, or else the middle of its ZIP, to sort by.
    """

    id = models.BigAutoField(primary_key=True)
    service_id = models.UUIDField()
    location_id = models.UUIDField(null=True)
    name = models.TextField()
    document = SearchVectorField()
    head = SearchVectorField()
    area_document = SearchVectorField()
    need_categories = ArrayField(models.TextField())
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    near_latitude = models.FloatField(null=True)
    near_longitude = models.FloatField(null=True)
    state = models.TextField(default="")
    languages = ArrayField(models.TextField(), null=True)
    accessibility = ArrayField(models.TextField(), null=True)
    situations = ArrayField(models.TextField(), null=True)
    cost = models.TextField()
    documents = models.TextField()
    walk_in = models.BooleanField(null=True)
    transit = models.BooleanField(null=True)
    capacity = models.TextField()
    capacity_until = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    minimum_age = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    maximum_age = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    weekdays = models.IntegerField(null=True)
    zone = models.TextField(default="")
    open_spans = MomentsField(null=True)
    confirmed_on = models.DateField(null=True)
    contact_confirmed_on = models.DateField(null=True)
    doubted = models.BooleanField(default=False)
    keys = ArrayField(models.TextField(), default=list)
    facets = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service_id"], name="directory_finding_service"),
            GinIndex(
                fields=["document", "keys", "area_document"], name="directory_finding_found", fastupdate=False
            ),
        ]


class FindingDue(models.Model):
    """A service whose findings are to be made anew; written by triggers on every table they come from."""

    id = models.BigAutoField(primary_key=True)
    service_id = models.UUIDField()


class Word(models.Model):
    """A word that stands in some listing, for mending typing errors."""

    word = models.TextField(primary_key=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="directory_word_alike")
        ]
