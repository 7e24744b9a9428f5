"""Run as a process: two listed organizations that nobody keeps, each with a domain of its own."""

import django

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from tests.community import FOOD  # noqa: E402
from waypost.directory.rules.schedule import Hours  # noqa: E402
from waypost.directory.services import (  # noqa: E402
    PhoneEntry,
    PlaceEntry,
    ServiceEntry,
    create_organization,
    create_service,
)

PLACE = PlaceEntry(
    name="Old school", address_1="77 Pine St", city="Seattle", state_province="WA", postal_code="98144"
)

if __name__ == "__main__":
    with transaction.atomic():
        for tree in ("Maple", "Birch"):
            domain = f"{tree.lower()}table.example"
            listed = create_organization(
                name=f"{tree} Table", website=f"https://{domain}/", email=f"info@{domain}"
            )
            entry = ServiceEntry(
                name=f"{tree} suppers", description="A warm supper.", need_categories=(FOOD,),
                phones=(PhoneEntry("206-555-0150"),), place=PLACE,
                hours=(Hours(words="by appointment"),),
            )  # fmt: skip
            create_service(organization_id=listed, entry=entry)
