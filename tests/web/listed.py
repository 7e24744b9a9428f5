"""A kitchen of which everything is listed, and the words of a page."""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.test import Client

from tests.community import FOOD
from waypost.directory import services as directory
from waypost.directory.rules.schedule import weekly
from waypost.directory.services import PhoneEntry, PlaceEntry, ServiceEntry

THURSDAY_TEN = datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
SEATTLE = "98144"
KITCHEN = ServiceEntry(
    name="Hot lunch",
    description="Lunch for anybody, every weekday.",
    need_categories=(FOOD,),
    phones=(PhoneEntry("206-555-0199"), PhoneEntry("206-555-0198", type="fax")),
    hours=(weekly("MO,TU,WE,TH,FR", time(9), time(17)),),
    languages=("English", "Spanish"),
    cost="Free",
    eligibility="None",
    required_documents=("A bag",),
    areas=("King County",),
    url="https://kitchen.example/lunch",
    place=PlaceEntry(
        name="Hope Hall",
        address_1="400 Yesler Way",
        city="Seattle",
        state_province="WA",
        postal_code="98104",
        latitude=47.6015,
        longitude=-122.3290,
        transportation="Bus 7 stops here",
        accessibility=("wheelchair",),
    ),
)


def kitchen(name: str = "Hope Kitchen", **changes: object) -> tuple[object, object]:
    """A listed organization with one service; both ids."""
    organization = directory.create_organization(
        name=name, website="https://kitchen.example", email="hello@kitchen.example", phone="206-555-0100"
    )
    return organization, directory.create_service(organization_id=organization, entry=KITCHEN, **changes)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def plain(html: str) -> str:
    """The words of a page without its tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
