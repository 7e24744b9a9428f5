"""What may hang on an organization, a service or a place alike: people, phones, hours, areas, languages."""

from django.db import models

from waypost.directory.models.base import Row, child_of, text


class Contact(Row):
    """HSDS contact: a named person, desk or department."""

    organization = child_of("directory.Organization", "contacts")
    service = child_of("directory.Service", "contacts")
    service_at_location = child_of("directory.ServiceAtLocation", "contacts")
    location = child_of("directory.Location", "contacts")
    name = text()
    title = text()
    department = text()
    email = text()


class Phone(Row):
    """HSDS phone, with the number as it was given."""

    location = child_of("directory.Location", "phones")
    service = child_of("directory.Service", "phones")
    organization = child_of("directory.Organization", "phones")
    contact = child_of("directory.Contact", "phones")
    service_at_location = child_of("directory.ServiceAtLocation", "phones")
    number = models.TextField()
    extension = text()
    type = text()
    description = text()


class Schedule(Row):
    """HSDS schedule (RFC 5545 words). Hours that could not be read stay in ``extra`` and are never open.

    ``holiday`` rows say what differs on the days from ``valid_from`` to ``valid_to`` (``closed``, or
    other hours).
    """

    service = child_of("directory.Service", "schedules")
    location = child_of("directory.Location", "schedules")
    service_at_location = child_of("directory.ServiceAtLocation", "schedules")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    dtstart = models.DateField(null=True)
    timezone = text()
    until = models.DateField(null=True)
    count = models.IntegerField(null=True)
    wkst = text()
    freq = text()
    interval = models.IntegerField(null=True)
    byday = text()
    byweekno = text()
    bymonthday = text()
    byyearday = text()
    description = text()
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    schedule_link = text()
    attending_type = text()
    notes = text()
    holiday = models.BooleanField(default=False, db_default=False)
    closed = models.BooleanField(default=False, db_default=False)


class ServiceArea(Row):
    """HSDS service_area: whom a service serves, by place, in words or as a shape."""

    service = child_of("directory.Service", "service_areas")
    service_at_location = child_of("directory.ServiceAtLocation", "service_areas")
    name = text()
    description = text()
    extent = text()
    extent_type = text()
    uri = text()


class Language(Row):
    """HSDS language: spoken at a service, at a place, on a phone."""

    service = child_of("directory.Service", "languages")
    location = child_of("directory.Location", "languages")
    phone = child_of("directory.Phone", "languages")
    name = text()
    code = text()
    note = text()
