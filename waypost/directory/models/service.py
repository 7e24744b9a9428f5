"""Services and what belongs to a service alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from waypost.directory.choices import Capacity, ConfirmedHow, HowToReach
from waypost.directory.models.base import Listed, Row, child_of, text
from waypost.directory.models.organization import Organization, Program


class Service(Listed):
    """HSDS service, with what Waypost adds: needs it answers, how to reach it, room, last confirmation.

    ``needs_by_hand``: a human chose the needs, so neither words nor an import change them.
    ``contact_confirmed_on``: the day on which a human made sure that the contact answers.
    ``capacity_until``: after this day ``capacity_status`` is not known any more; ``next_capacity_…`` takes
    its place on a later day. ``referrals_a_week``: how many electronic referrals it wants at most.
    ``expires_on``: an ad hoc listing is shown up to this day. ``doubted_at``: since then several people have
    said that it is closed.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="services")
    program = models.ForeignKey(Program, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.TextField()
    alternate_name = text()
    description = text()
    url = text()
    email = text()
    status = text()
    interpretation_services = text()
    application_process = text()
    fees_description = text()
    wait_time = text()
    fees = text()
    accreditations = text()
    eligibility_description = text()
    minimum_age = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    maximum_age = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    assured_date = models.DateField(null=True)
    assurer_email = text()
    licenses = text()
    alert = text()
    last_modified = models.DateTimeField(null=True)

    need_categories = ArrayField(models.CharField(max_length=60), default=list)
    needs_by_hand = models.BooleanField(default=False, db_default=False)
    how_to_reach = models.CharField(
        max_length=10, choices=HowToReach.choices, default=HowToReach.PHONE, db_default=HowToReach.PHONE
    )
    capacity_status = models.CharField(
        max_length=10, choices=Capacity.choices, default=Capacity.UNKNOWN, db_default=Capacity.UNKNOWN
    )
    capacity_changed_at = models.DateTimeField(null=True)
    confirmed_on = models.DateField(null=True)
    confirmed_how = models.CharField(
        max_length=10, choices=ConfirmedHow.choices, default="", db_default="", blank=True
    )
    contact_confirmed_on = models.DateField(null=True)
    capacity_until = models.DateField(null=True)
    capacity_left = models.PositiveSmallIntegerField(null=True)
    next_capacity_status = models.CharField(
        max_length=10, choices=Capacity.choices, default="", db_default="", blank=True
    )
    next_capacity_from = models.DateField(null=True)
    next_capacity_until = models.DateField(null=True)
    referrals_a_week = models.PositiveSmallIntegerField(null=True)
    referral_words = models.TextField(default="", db_default="", blank=True)
    expires_on = models.DateField(null=True)
    doubted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how_to_reach__in=HowToReach.values), name="directory_service_how_to_reach"
            ),
            models.CheckConstraint(
                condition=Q(capacity_status__in=Capacity.values), name="directory_service_capacity_status"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_how="")
                | Q(confirmed_on__isnull=False, confirmed_how__in=ConfirmedHow.values),
                name="directory_service_confirmed_how",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "source_id"]),
            GinIndex(fields=["need_categories"], name="directory_service_needs"),
        ]


class RequiredDocument(Row):
    """HSDS required_document: what to bring."""

    service = child_of("directory.Service", "required_documents")
    document = text()
    uri = text()


class CostOption(Row):
    """HSDS cost_option: what it costs, for whom, while."""

    service = child_of("directory.Service", "cost_options")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    option = text()
    currency = text()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    amount_description = text()


class Unit(Row):
    """HSDS unit: what capacity is counted in."""

    name = models.TextField()
    scheme = text()
    identifier = text()
    uri = text()


class ServiceCapacity(Row):
    """HSDS service_capacity: how many are left of how many."""

    service = child_of("directory.Service", "capacities")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    available = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    maximum = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    description = text()
    updated = models.DateTimeField(null=True)
