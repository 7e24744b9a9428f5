"""Packages damaged at random (seeded): read or refused in plain words, sums right, second run steady."""

import json
import random
from pathlib import Path

import pytest

from tests.interop.packages import ORGANIZATIONS, SERVICES, Tables, folder
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed

pytestmark = pytest.mark.django_db

JUNK = [
    *(b'"', b"\x00", b"\xff\xfe", b",", b"\n", b"{", b"}", b"[", b"]", b"null", b'"\\ud800"', b"9" * 400),
    *(
        b"\xc3\xa9\x80",
        b"\\",
        b"1e999",
        b"0001-01-01",
        b'"id":[1]',
        b":true,",
        b"\r",
        b"-",
        b"'",
        b"\xe2\x80",
    ),
]
TABLES: Tables = {
    "organizations.csv": ORGANIZATIONS,
    "services.csv": SERVICES,
    "locations.csv": "id,organization_id,latitude,longitude\nl1,o1,47.6,-122.3\n",
    "phones.csv": 'id,location_id,number,description\n,l1,206-555-0100,"Ask for ""Sam"""\n',
    "schedules.csv": "id,service_id,byday,opens_at,closes_at,dtstart\n1,s1,MO,9am,noon,12/24/2026\n",
}
OBJECT = {
    "id": "o1",
    "name": "Cedar",
    "year_incorporated": 1990,
    "locations": [{"id": "l1", "latitude": 47.6, "longitude": -122.3, "phones": [{"number": "1"}]}],
    "services": [{"id": "s1", "name": "Meals", "schedules": [{"byday": "MO", "opens_at": "9am"}]}],
}


def damaged(dice: random.Random, body: bytes) -> bytes:
    """Up to six pieces of junk put in or written over, and now and then the end cut off."""
    data = bytearray(body)
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(data) + 1)
        data[start : start + dice.choice([0, 0, dice.randint(1, 12)])] = dice.choice(JUNK)
    return bytes(data[: dice.randrange(len(data))] if dice.random() < 0.2 else data)


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_never_a_crash(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    if seed % 2:
        bodies: Tables = {name: damaged(dice, str(body).encode()) for name, body in TABLES.items()}
    else:
        bodies = {"feed.json": damaged(dice, json.dumps([OBJECT, OBJECT | {"id": "o2"}]).encode())}
    feed = folder(tmp_path / "feed", bodies)
    try:
        first = import_feed([feed], source="feed")
    except Unreadable as error:
        assert str(error)
        return
    for counts in first.tables.values():
        assert counts["read"] == sum(value for name, value in counts.items() if name != "read")
    json.dumps(first.as_json()).encode()
    second = import_feed([feed], source="feed")
    assert sum(each["created"] + each["updated"] for each in second.tables.values()) == 0
