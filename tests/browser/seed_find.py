"""Run as a process: a kitchen that is always open and speaks Spanish, and one that says nothing of itself."""

from datetime import time

import django

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from tests.community import FOOD  # noqa: E402
from waypost.directory.rules.schedule import weekly  # noqa: E402
from waypost.directory.services import (  # noqa: E402
    PhoneEntry,
    PlaceEntry,
    ServiceEntry,
    create_organization,
    create_service,
)

EVERY_DAY = weekly("MO,TU,WE,TH,FR,SA,SU", time(0, 0), time(0, 0))
PLACE = PlaceEntry(
    name="Hope Hall", address_1="1212 S Jackson St", city="Seattle", state_province="WA", postal_code="98144",
    latitude=47.5992, longitude=-122.3163, transportation="Bus 7 stops here",
)  # fmt: skip

if __name__ == "__main__":
    with transaction.atomic():
        kitchen = create_organization(name="Hope Kitchen")
        entry = ServiceEntry(
            name="Hot meals", description="Meals for anybody, at any hour.", need_categories=(FOOD,),
            phones=(PhoneEntry("206-555-0199"),), hours=(EVERY_DAY,), languages=("English", "Spanish"),
            cost="Free", areas=("King County",), place=PLACE,
        )  # fmt: skip
        create_service(organization_id=kitchen, entry=entry)
        silent = create_organization(name="Quiet Table")
        create_service(
            organization_id=silent, entry=ServiceEntry(name="Quiet meals", need_categories=(FOOD,))
        )
