"""Attacks on the directory: what no database can hold, slow readers, names of files, nets of addresses."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.reading import BAD, FOUND, OK, REFUSED
from waypost.directory import services as directory
from waypost.directory.models import Location, Service, ServiceAtLocation
from waypost.directory.rules.shapes import read_shape
from waypost.directory.services import ServiceEntry
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.rows import RawRow
from waypost.interop.imports.folders import plain_name
from waypost.interop.imports.setaside import SetAside, error_file
from waypost.web.api.turns import take_turn

pytestmark = pytest.mark.django_db

NUL, HALF = "a\x00b", "\ud800"  # what PostgreSQL cannot hold, and what no encoding can
SERVICES = "/hsds/v3/services"
LINES = f"{SERVICES}?format=ndjson"
TOO_MANY = 429


@pytest.mark.parametrize(
    "body",
    [
        {"search": HALF},
        {"search": NUL},
        {"postcode": HALF},
        {"taxonomy_id": [HALF]},
        {"format": HALF},
        {HALF: "x"},
        {HALF: 1},
    ],
)
def test_half_a_character_is_a_bad_question(client: Client, body: dict[str, object]) -> None:
    answer = client.post(SERVICES, json.dumps(body), content_type="application/json")
    assert answer.status_code == BAD
    assert answer.json()["status"] == BAD


def test_what_the_database_cannot_hold_is_left_out_of_a_claim(community: Community, olga: Client) -> None:
    listing = directory.create_organization(name="St. Mark Church", website="https://mark.example")
    begun = olga.post(reverse("claim_begin", args=[listing]), {"words": NUL})
    assert begun.status_code == FOUND
    page = begun.headers["Location"]
    for given in (
        {"step": "email", "email": NUL},
        {"step": "code", "code": NUL},
        {"step": "review", "words": "\x00"},
        {"step": "review", "words": NUL},
    ):
        assert olga.post(page, given).status_code in (FOUND, REFUSED), given
    assert "ab" in olga.get(page).content.decode()


def test_a_decision_in_words_that_cannot_be_held(community: Community, olgas_claim: str, ivy: Client) -> None:
    answer = ivy.post(olgas_claim, {"decision": "refuse", "words": NUL})
    assert answer.status_code == FOUND


@pytest.fixture
def olgas_claim(community: Community) -> str:
    """The page on which the network's staff decide her claim."""
    listing = directory.create_organization(name="St. Mark Church")
    claim = directory.ask_claim(actor=community.olga, organization_id=listing)
    directory.ask_review(actor=community.olga, claim_id=claim, words="We run it.")
    return reverse("upkeep_claim", args=[claim])


def test_slow_readers_of_the_whole_list_leave_the_site_to_others(
    client: Client, community: Community
) -> None:
    """Each holds a thread of the server until the last line is read, and there are few of those."""
    first = client.get(LINES, REMOTE_ADDR="203.0.113.1")
    again = client.get(LINES, REMOTE_ADDR="203.0.113.1")
    second = client.get(LINES, REMOTE_ADDR="203.0.113.2")
    third = client.get(LINES, REMOTE_ADDR="203.0.113.3")
    assert [each.status_code for each in (first, again, second, third)] == [OK, TOO_MANY, OK, TOO_MANY]
    assert third.headers["Retry-After"] == "60"
    assert [len(each.getvalue().splitlines()) for each in (first, second)] == [2, 2]
    for address in ("203.0.113.3", "203.0.113.1"):
        assert client.get(LINES, REMOTE_ADDR=address).getvalue()


def test_a_reader_who_goes_away_gives_the_turn_back() -> None:
    turns = [take_turn("203.0.113.1"), take_turn("203.0.113.2")]
    assert take_turn("203.0.113.3") is None
    for each in turns:
        assert each is not None
        for _twice in range(2):
            each.over([b"never read"]).close()
    (again,) = [each for each in [take_turn("203.0.113.1")] if each]
    again.close()


def test_a_page_of_lines_is_made_whole_before_it_is_sent(client: Client, community: Community) -> None:
    answer = client.get(f"{LINES}&page=1")
    assert not answer.streaming
    assert len(answer.content.splitlines()) == 2


def test_whoever_has_a_net_of_addresses_is_one_sender(client: Client, community: Community) -> None:
    """RFC 6177: a site gets /64 or more, so any of 2**64 addresses is at hand."""
    page = reverse("report_fault", args=[community.pantry])
    said = [
        client.post(page, {"kind": "closed"}, REMOTE_ADDR=f"2001:db8:7:7::{each}").status_code
        for each in ("1", "ffff")
    ]
    assert said == [FOUND, REFUSED]
    assert client.post(page, {"kind": "closed"}, REMOTE_ADDR="2001:db8:7:8::1").status_code == FOUND


def test_no_name_of_a_file_breaks_out_of_a_header() -> None:
    held = SetAside()
    name = 'ser"vi\r\nSet-Cookie: a=b;.csv'
    held.add(RawRow("services", {}, 2, name, problem=("x", "No name."), record=(["id"], ["1"])))
    told, _kind, _data = error_file(held.packed() or b"")
    assert set(told) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-.")


def test_a_shape_of_many_spaces_is_read_at_once() -> None:
    """Two hundred thousand spaces took the square of their number: hours."""
    assert read_shape("POLYGON" + " " * 200_000 + "x") == ()
    assert read_shape("POLYGON" + " " * 200_000 + "((0 0, 0 1, 1 1, 0 0))")


def test_no_tombstone_marks_a_place_of_a_victim_service(client: Client, community: Community) -> None:
    safe = directory.create_organization(name="Safe Line", is_victim_service=True)
    line = directory.create_service(organization_id=safe, entry=ServiceEntry(name="Line"))
    place = Location.objects.create(hidden_why="gone")
    ServiceAtLocation.objects.create(service_id=line, location=place)
    private = Location.objects.create(confidential=True)
    merged = Location.objects.create(hidden_why="merged", merged_into=private)
    told = client.get("/hsds/v3/tombstones").json()["contents"]
    assert str(place.pk) not in str(told)
    assert [each["id"] for each in told] == [str(merged.pk)]
    assert str(private.pk) not in str(told)


def test_the_name_of_an_upload_fits_on_the_disk_in_every_script() -> None:
    """File systems take 255 bytes, and a letter may take four."""
    name = plain_name("\N{HIRAGANA LETTER A}" * 150 + "services.csv")
    assert name.endswith("services.csv")
    assert len(name.encode()) < 200


def test_one_row_that_cannot_be_held_stops_no_import(tmp_path: Path) -> None:
    """JSON can say a NUL and half a character, in names of properties too."""
    odd = {"id": NUL, "name": NUL, "status": "active", NUL: NUL, HALF: {NUL: [HALF]}}
    good = {"id": "2", "name": "Soup", "status": "active"}
    owner = {"organization": {"id": "o", "name": "Kitchen"}}
    (tmp_path / "services.json").write_text(json.dumps([odd | owner, good | owner]))
    import_feed([tmp_path / "services.json"], source="county")
    assert set(Service.objects.values_list("name", flat=True)) == {"ab", "Soup"}
