"""Organizations as listed, and their programs. Who takes part in the network is another room's matter."""

from django.db import models

from waypost.directory.models.base import Listed, Row, child_of, text


class Organization(Listed):
    """HSDS organization. ``claimed_by`` is the participant that looks after the listing."""

    name = models.TextField()
    alternate_name = text()
    description = text()
    email = text()
    website = text()
    tax_status = text()
    tax_id = text()
    year_incorporated = models.IntegerField(null=True)
    legal_status = text()
    logo = text()
    uri = text()
    parent_organization = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    claimed_by = models.ForeignKey(
        "network.Organization", on_delete=models.PROTECT, null=True, related_name="listings"
    )
    is_victim_service = models.BooleanField(default=False)


class Program(Row):
    """HSDS program: services grouped by their organization."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="programs")
    name = models.TextField()
    alternate_name = text()
    description = text()


class OrganizationIdentifier(Row):
    """HSDS organization_identifier: a number in somebody else's register."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="identifiers")
    identifier_scheme = text()
    identifier_type = text()
    identifier = models.TextField()


class Funding(Row):
    """HSDS funding; its column ``source`` is ``funding_source`` here, beside the name of the feed."""

    organization = child_of("directory.Organization")
    service = child_of("directory.Service")
    funding_source = text()


class Url(Row):
    """HSDS url: a further address on the web."""

    label = text()
    url = models.TextField()
    organization = child_of("directory.Organization", "urls")
    service = child_of("directory.Service", "urls")
