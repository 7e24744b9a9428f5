"""Shelters stay hidden: what an import keeps back, and what a human then decides."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from tests.community import Community
from waypost.directory import services
from waypost.directory.findings import make_all_anew
from waypost.directory.models import Location, Organization, SafetyHold, Service
from waypost.directory.rules.safety import speaks_of_a_shelter
from waypost.directory.selectors import (
    field_states,
    listing_for_referral,
    organization_state,
    safety_holds,
    waiting_holds,
)
from waypost.directory.services import PhoneEntry, PlaceEntry, ServiceEntry
from waypost.directory.services.safety import safety_words
from waypost.interop.hsds.importer import import_feed
from waypost.kernel.errors import NotVisible, Refused

# name, terms, description: whether the address has to wait for a human.
SPEAKS = [
    ("Domestic Violence Shelter", (), "", True),
    ("Emergency rooms", ("Domestic Violence Shelters",), "", True),
    ("Hope Refuge", (), "Emergency shelter for victims of domestic violence.", True),
    ("New Beginnings", ("Domestic Violence",), "Transitional housing for women and children.", True),
    ("Casa Esperanza", (), "Refugio para mujeres. Dirección confidencial.", True),
    ("Residential services", (), "24-hour hotline; the location is confidential.", True),
    ("Albergue temporal", ("Violencia doméstica",), "Albergue para familias.", True),
    ("Anti-trafficking program", ("Human Trafficking",), "Safe house and case management.", True),
    ("Food pantry", (), "Groceries. Survivors of domestic violence are welcome.", False),
    ("Men's shelter", ("Homeless Shelter",), "Sixty beds, first come first served.", False),
    ("Animal shelter", (), "Adopt a dog.", False),
    ("Legal help", ("Domestic Violence",), "Restraining orders and divorce.", False),
    ("Tax shelter advice", ("Tax preparation",), "", False),
    ("Rape crisis line", ("Sexual Assault",), "Someone to talk to at any hour.", False),
]
FEED_ADDRESS = "77 Hidden Lane"


@pytest.mark.parametrize(("name", "terms", "description", "expected"), SPEAKS)
def test_which_listings_speak_of_a_shelter_for_victims(
    name: str, terms: tuple[str, ...], description: str, expected: bool
) -> None:
    found = speaks_of_a_shelter(safety_words(), names=(name,), terms=terms, description=description)
    assert bool(found) is expected


def feed(tmp_path: Path, *, description: str = "Emergency shelter for victims of domestic violence.") -> Path:
    """One organization with a shelter and an office, as a feed brings them."""

    def place(number: str, street: str) -> dict[str, object]:
        return {
            "id": f"l{number}",
            "location_type": "physical",
            "name": f"Place {number}",
            "latitude": 41.8,
            "longitude": -71.4,
            "addresses": [
                {
                    "id": f"a{number}",
                    "address_1": street,
                    "city": "Seattle",
                    "state_province": "WA",
                    "postal_code": "98104",
                    "country": "US",
                    "address_type": "physical",
                }
            ],
        }

    services_of = [
        ("s1", "Emergency rooms", description, place("1", FEED_ADDRESS)),
        ("s2", "Job club", "Help with a first job.", place("2", "1 Open Street")),
    ]
    body = [
        {
            "id": number,
            "name": name,
            "status": "active",
            "description": words,
            "organization": {"id": "o1", "name": "Harbor House", "description": "Help for families"},
            "service_at_locations": [{"id": f"j{number}", "location": where}],
        }
        for number, name, words, where in services_of
    ]
    path = tmp_path / "services.json"
    path.write_text(json.dumps(body))
    return path


def named(name: str) -> UUID:
    return Service.objects.get(name=name).pk


@pytest.mark.django_db
def test_an_import_keeps_a_shelters_address_back_and_nothing_else(tmp_path: Path) -> None:
    report = import_feed([feed(tmp_path)], source="county")
    assert report.held_back == 1
    assert "Addresses kept private until somebody has looked: 1 organizations." in report.as_lines()
    assert FEED_ADDRESS not in repr(listing_for_referral(named("Emergency rooms")))
    assert "1 Open Street" in repr(listing_for_referral(named("Job club")))
    (hold,), total = safety_holds()
    assert (hold.organization_name, hold.places, hold.decision, total) == ("Harbor House", 1, "", 1)


@pytest.mark.django_db
def test_a_second_import_shows_nothing_and_asks_nothing_anew(tmp_path: Path) -> None:
    import_feed([feed(tmp_path)], source="county")
    report = import_feed(
        [feed(tmp_path, description="A shelter; the location is confidential.")], source="county"
    )
    assert report.held_back == 0
    assert FEED_ADDRESS not in repr(listing_for_referral(named("Emergency rooms")))
    harmless = import_feed([feed(tmp_path, description="Rooms.")], source="county")
    assert harmless.held_back == 0
    assert FEED_ADDRESS not in repr(listing_for_referral(named("Emergency rooms")))


@pytest.mark.django_db
def test_a_place_that_comes_later_waits_too(tmp_path: Path) -> None:
    import_feed([feed(tmp_path)], source="county")
    Location.objects.filter(source_id="l1").update(
        confidential=False
    )  # as a new place of the same service is
    import_feed([feed(tmp_path)], source="county")
    assert FEED_ADDRESS not in repr(listing_for_referral(named("Emergency rooms")))


@pytest.mark.django_db
def test_a_dry_run_keeps_nothing_back(tmp_path: Path) -> None:
    import_feed([feed(tmp_path)], source="county", dry_run=True)
    assert SafetyHold.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decision", "victim", "address"),
    [("victim_service", True, False), ("hide_address", False, False), ("show", False, True)],
)
def test_a_human_decides(
    community: Community, tmp_path: Path, decision: str, victim: bool, address: bool
) -> None:
    import_feed([feed(tmp_path)], source="county")
    owner = Organization.objects.get(name="Harbor House")
    services.decide_safety(actor=community.ivy, organization_id=owner.pk, decision=decision)
    assert waiting_holds() == 0
    for _again in range(2):  # the next import changes nothing of it
        card = listing_for_referral(named("Emergency rooms"))
        assert (card.is_victim_service, FEED_ADDRESS in repr(card)) == (victim, address)
        import_feed([feed(tmp_path)], source="county")


@pytest.mark.django_db
def test_showing_one_shows_no_place_that_it_shares_with_another_shelter(
    community: Community, tmp_path: Path
) -> None:
    import_feed([feed(tmp_path)], source="county")
    other = services.create_organization(name="Quiet Refuge")
    place = Location.objects.get(source_id="l1")
    rooms = services.create_service(
        organization_id=other, entry=ServiceEntry(name="Beds", location_id=place.pk)
    )
    SafetyHold.objects.create(organization_id=other, words=["shelter"])
    owner = Organization.objects.get(name="Harbor House").pk
    services.decide_safety(actor=community.ivy, organization_id=owner, decision="show")
    for each in (rooms, named("Emergency rooms")):
        assert FEED_ADDRESS not in repr(listing_for_referral(each))


@pytest.mark.django_db
def test_only_the_networks_staff_decides(community: Community, tmp_path: Path) -> None:
    import_feed([feed(tmp_path)], source="county")
    owner = Organization.objects.get(name="Harbor House").pk
    for actor in (community.ana, community.sam, community.lee, community.ito):
        with pytest.raises(Refused):
            services.decide_safety(actor=actor, organization_id=owner, decision="show")
        with pytest.raises(Refused):
            services.mark_victim_service(actor=actor, organization_id=owner, serves_victims=False)
        with pytest.raises(Refused):
            services.set_confidential(
                actor=actor, location_id=organization_state(owner).places[0].id, confidential=False
            )
    with pytest.raises(NotVisible):
        services.decide_safety(actor=community.ivy, organization_id=community.clinic, decision="show")
    with pytest.raises(Refused):
        services.decide_safety(actor=community.ivy, organization_id=owner, decision="perhaps")


def _listed() -> UUID:
    owner = services.create_organization(name="Safe Line")
    services.create_service(
        organization_id=owner,
        entry=ServiceEntry(
            name="Help line",
            description="Behind the xylophonic bakery",
            phones=(PhoneEntry(number="800-555-0100", type="hotline"),),
            place=PlaceEntry(address_1=FEED_ADDRESS, city="Seattle"),
        ),
    )
    make_all_anew()
    services.catch_up()
    return owner


def _known(word: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM directory_word WHERE word = %s", [word])
        return cursor.fetchone() is not None


@pytest.mark.django_db
def test_marking_hides_all_but_the_hotline_and_forgets_its_words() -> None:
    owner = _listed()
    assert _known("xylophonic")
    call_command("mark_victim_service", "safe line")
    card = listing_for_referral(named("Help line"))
    assert [each.number for each in card.phones] == ["800-555-0100"]
    assert "xylophonic" not in repr(card) and FEED_ADDRESS not in repr(card)
    assert not _known("xylophonic")
    assert [place.words for place in organization_state(owner).places] == [""]
    call_command("mark_victim_service", str(owner), "--undo")
    assert FEED_ADDRESS in repr(listing_for_referral(named("Help line")))


@pytest.mark.django_db
def test_the_command_says_what_it_cannot_do() -> None:
    _listed()
    with pytest.raises(CommandError, match="is called"):
        call_command("mark_victim_service", "Nobody")
    with pytest.raises(CommandError, match="has the id"):
        call_command("mark_victim_service", "01a20fbf-01d6-7ed2-b57d-1e89a9bd743e")
    services.create_organization(name="Safe Line")
    with pytest.raises(CommandError, match="Give one of their ids"):
        call_command("mark_victim_service", "Safe Line")


@pytest.mark.django_db
def test_whoever_mends_the_hotline_sees_and_loses_no_other_number(community: Community) -> None:
    owner = services.create_organization(name="Safe Line", is_victim_service=True)
    numbers = (PhoneEntry("800-555-0100", type="hotline"), PhoneEntry("206-555-0177", type="voice"))
    service = services.create_service(
        organization_id=owner, entry=ServiceEntry(name="Help line", phones=numbers)
    )
    assert {each.field for each in field_states(service)} == {"name"}
    mended = [{"number": "800-555-0199", "type": "hotline"}]
    services.say_field(
        actor=community.ana, entity="service", row_id=service, field="phones", value=mended, how="phone"
    )
    kept = Service.objects.get(pk=service).phones.order_by("id").values_list("number", flat=True)
    assert list(kept) == ["800-555-0199", "206-555-0177"]
