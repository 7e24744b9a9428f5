"""Run as a process: a feed (named as the argument) that contradicts what people confirmed, and two twins."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from tests.rooms.directory.feeds import bring, organization, phone, row_id, service  # noqa: E402
from waypost.directory import services  # noqa: E402
from waypost.kernel.actors import SYSTEM  # noqa: E402


def seed(source: str) -> None:
    """Two fields of one service differ; two organizations share a number and all but share a name."""
    name = source.title()
    before = service(f"{name} pantry", email="open@cedar.example", alert="Ring twice")
    bring(source, organizations=[organization(f"{name} Food Bank")], services=[before])
    for field in ("email", "alert"):
        services.confirm_field(
            actor=SYSTEM, entity="service", row_id=row_id(source, "services", "s"), field=field, how="phone"
        )
    after = service(f"{name} pantry", email="new@cedar.example", alert="Ring once")
    bring(
        source,
        organizations=[
            organization(f"{name} Food Bank"),
            organization(f"{name} Foodbank Inc.", id="o2"),
        ],
        services=[after],
        phones=[
            phone("206-555-0143", organization_id="o"),
            phone("206-555-0143", "p2", organization_id="o2"),
        ],
    )
    services.find_duplicates()


if __name__ == "__main__":
    with transaction.atomic():
        seed(sys.argv[1])
