"""Every answer validates against the compiled schemas of the standard, for the real communities and ours."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.community import Community
from tests.interop.feeds import FEEDS, feed
from tests.interop.validating import SCHEMAS, faults
from waypost.interop.hsds.importer import import_feed

pytestmark = pytest.mark.django_db
SINGLE = 25


@pytest.fixture(autouse=True)
def quickly(settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000_000


def get(client: Client, path: str) -> Any:
    answer = client.get(f"/hsds/v3/{path}")
    assert answer.status_code == 200, answer.content[:500]
    return json.loads(answer.content)


def all_of(client: Client, path: str) -> list[Any]:
    """Every page of a list; the envelope adds up."""
    found: list[Any] = []
    number, pages = 1, 1
    while number <= pages:
        page = get(client, f"{path}{'&' if '?' in path else '?'}page={number}")
        pages = page["total_pages"]
        assert page["page_number"] == number
        assert page["size"] == len(page["contents"])
        assert (page["first_page"], page["last_page"]) == (number == 1, number >= pages)
        assert page["empty"] == (not page["contents"])
        found += page["contents"]
        number += 1
    assert len(found) == page["total_items"] == len({each["id"] for each in found})
    return found


def check(shared_data: Path, client: Client) -> dict[str, int]:
    """All lists and some single objects; how many objects there were."""
    counts = {}
    for table, schema in SCHEMAS.items():
        simple = all_of(client, f"{table}?per_page=1000")
        assert [fault for each in simple for fault in faults(shared_data, f"{schema}_list", each)] == []
        full = all_of(client, f"{table}?full=true&per_page=100")
        assert [fault for each in full for fault in faults(shared_data, schema, each)] == []
        assert [each["id"] for each in full] == [each["id"] for each in simple]
        for each in simple[:: max(1, len(simple) // SINGLE)]:
            assert faults(shared_data, schema, get(client, f"{table}/{each['id']}")) == []
        counts[table] = len(simple)
    for table, schema in (("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term")):
        found = all_of(client, f"{table}?per_page=1000")
        assert [fault for each in found for fault in faults(shared_data, schema, each)] == []
        counts[table] = len(found)
    return counts


@pytest.mark.parametrize("name", FEEDS)
def test_a_real_community(shared_data: Path, client: Client, name: str) -> None:
    report = import_feed([feed(shared_data, name)], source=name)
    with connection.cursor() as cursor:  # what happens by itself between an import and the first question
        cursor.execute("ANALYZE")
    counts = check(shared_data, client)
    kept = {table: each["created"] for table, each in report.tables.items()}
    assert counts == {table: kept.get(table, 0) for table in counts}


def test_our_own_listings(shared_data: Path, client: Client, community: Community) -> None:
    counts = check(shared_data, client)
    assert (counts["services"], counts["organizations"]) == (2, 2)
    found = get(client, f"services/{community.groceries}")
    assert found["waypost"]["need_categories"] == ["food-insecurity"]


def test_full_services_of_an_organization(shared_data: Path, client: Client) -> None:
    import_feed([feed(shared_data, "ohana")], source="ohana")
    for each in all_of(client, "organizations?full_service=true&full=true"):
        assert faults(shared_data, "organization", each) == []
        assert all("organization" not in service for service in each.get("services", []))
    for each in all_of(client, "organizations?full_service=true"):
        assert faults(shared_data, "organization", each) == []
