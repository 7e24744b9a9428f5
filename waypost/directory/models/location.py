"""Places, and services at places."""

from typing import ClassVar

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q

from waypost.directory.choices import CoordinatesStatus
from waypost.directory.models.base import Listed, Row, child_of, text
from waypost.directory.models.service import Service


class Location(Listed):
    """HSDS location. A ``confidential`` one (a shelter) is never shown with its address or on a map.

    Coordinates stand here only when they can be right; others are kept in ``extra`` as they were given.
    ``time_zone`` (IANA) is set by its keeper; where it is empty the clocks are those of the ZIP code.
    """

    organization = child_of("directory.Organization", "locations")
    location_type = text()
    url = text()
    name = text()
    alternate_name = text()
    description = text()
    transportation = text()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    coordinates_status = models.CharField(
        max_length=12,
        choices=CoordinatesStatus.choices,
        default=CoordinatesStatus.MISSING,
        db_default=CoordinatesStatus.MISSING,
    )
    external_identifier = text()
    external_identifier_type = text()
    confidential = models.BooleanField(default=False, db_default=False)
    time_zone = models.CharField(max_length=64, default="", db_default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    coordinates_status=CoordinatesStatus.GIVEN,
                    latitude__isnull=False,
                    longitude__isnull=False,
                )
                | (
                    Q(latitude__isnull=True, longitude__isnull=True)
                    & ~Q(coordinates_status=CoordinatesStatus.GIVEN)
                ),
                name="directory_location_coordinates",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "source_id"]),
            GistIndex(Func("longitude", "latitude", function="point"), name="directory_location_point"),
        ]


class ServiceAtLocation(Row):
    """HSDS service_at_location: this service is offered at this place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="at_services")
    description = text()


class Address(Row):
    """HSDS address; an organization's own postal address (HSDS 1.1) has no location."""

    location = child_of("directory.Location", "addresses")
    organization = child_of("directory.Organization", "addresses")
    attention = text()
    address_1 = text()
    address_2 = text()
    city = text()
    region = text()
    state_province = text()
    postal_code = text()
    country = text()
    address_type = text()


class Accessibility(Row):
    """HSDS accessibility: what helps, or hinders, people with disabilities."""

    location = child_of("directory.Location", "accessibility")
    description = text()
    details = text()
    url = text()
