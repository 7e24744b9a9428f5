"""Cells far longer than anything that is said in them: kept, found again, and no page or index breaks."""

import base64
import random
from pathlib import Path

import pytest
from django.test import Client

from tests.community import Community
from tests.interop.test_messy import named, sums
from waypost.directory import services
from waypost.directory.models import CheckDue, Service, TraitKey
from waypost.interop.hsds.importer import import_feed

pytestmark = pytest.mark.django_db
TABLES = {
    "organizations": ("name", "alternate_name", "description", "email", "website"),
    "services": ("organization_id=o1", "name", "status", "url", "email", "fees", "eligibility_description"),
    "locations": ("organization_id=o1", "name", "transportation"),
    "service_at_locations": ("service_id=s1", "location_id=l1"),
    "addresses": ("location_id=l1", "address_1", "city", "state_province", "postal_code", "country"),
    "phones": ("service_id=s1", "number", "extension", "description"),
    "languages": ("service_id=s1", "name", "code"),
    "service_areas": ("service_id=s1", "name"),
    "required_documents": ("service_id=s1", "document"),
    "schedules": ("service_id=s1", "byday", "freq", "description"),
}


def package(length: int) -> bytes:
    """A row of every table; each word of its own and of this length, so that nothing packs well."""
    chance = random.Random(length)  # noqa: S311 - no secret

    def cell(column: str) -> str:
        _name, fixed, value = column.partition("=")
        letters = base64.b64encode(chance.randbytes(length)).decode()[:length]
        return value if fixed else letters.replace("/", "x").replace("+", "y")

    files: dict[str, str | bytes] = {}
    for table, columns in TABLES.items():
        heading = ",".join(("id", *(each.partition("=")[0] for each in columns)))
        files[f"{table}.csv"] = f"{heading}\n{table[0]}1,{','.join(cell(each) for each in columns)}\n"
    files["service_at_locations.csv"] = "id,service_id,location_id\nj1,s1,l1\n"
    return named(files)


@pytest.mark.parametrize("length", [3_000, 9_000, 100_000])
def test_no_index_and_no_page_breaks(
    length: int,
    tmp_path: Path,
    community: Community,
    ana: Client,
) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(package(length))
    report = import_feed([path], source="long")
    assert sums(report) == dict.fromkeys(TABLES, 1) and not report.quarantine
    service = Service.objects.get(source="long")
    assert len(service.name) == length
    services.find_duplicates(source="long")
    services.make_all_anew()
    assert max(len(each) for each in TraitKey.objects.values_list("key", flat=True)) <= 300
    assert max(len(each) for each in CheckDue.objects.get(pk=service.id).towns) <= 100
    for address in (f"/services/{service.id}/", "/?q=food", f"/hsds/v3/services/{service.id}"):
        assert Client().get(address).status_code == 200, address
    for address in (f"/upkeep/due/{service.id}/check/", "/upkeep/due/", "/directory/?q=food"):
        assert ana.get(address).status_code == 200, address
