"""The real communities: counts made independently of the importer, sums, second runs."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from waypost.directory.models import Location, Schedule, Service
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.report import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def communities(shared_data: Path) -> Path:
    folder = shared_data / "communities"
    if not folder.is_dir():
        pytest.skip(f"no communities at {folder}")
    return folder


def twice(path: Path, source: str) -> Report:
    """Import; every sum is right; a second run finds every kept row unchanged."""
    first = import_feed([path], source=source)
    for counts in first.tables.values():
        assert counts["read"] == sum(value for name, value in counts.items() if name != "read")
    second = import_feed([path], source=source)
    for table, counts in second.tables.items():
        assert (counts["created"], counts["updated"]) == (0, 0), table
        assert counts["read"] == first.tables[table]["read"]
        assert counts["quarantined"] == first.tables[table]["quarantined"]
    assert second.quarantine == first.quarantine
    return first


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def items(cells: list[str]) -> int:
    """Items of comma lists; no cell of the sample has a comma within brackets."""
    return sum(len([part for part in cell.split(",") if part.strip()]) for cell in cells)


def test_ohana(communities: Path) -> None:
    folder = communities / "ohana-sample"
    tables = folder / "data" / "sample-csv"
    report = twice(folder, "ohana")
    services, locations = rows(tables / "services.csv"), rows(tables / "locations.csv")
    expected = {
        "organizations": len(rows(tables / "organizations.csv")),
        "programs": len(rows(tables / "programs.csv")),
        "services": len(services),
        "locations": len(locations),
        "service_at_locations": sum(bool(row["location_id"]) for row in services),
        "addresses": len(rows(tables / "addresses.csv")) + len(rows(tables / "mail_addresses.csv")),
        "phones": len(rows(tables / "phones.csv")),
        "contacts": len(rows(tables / "contacts.csv")),
        "schedules": len(rows(tables / "regular_schedules.csv"))
        + len(rows(tables / "holiday_schedules.csv")),
        "taxonomy_terms": len(rows(tables / "taxonomy.csv")),
        "languages": items([row["languages"] for row in [*services, *locations]]),
        "accessibility": items([row["accessibility"] for row in locations]),
        "service_areas": items([row["service_areas"] for row in services]),
        "funding": items([row["funding_sources"] for row in services]),
        "required_documents": items([row["required_documents"] for row in services]),
        "attributes": items([row["taxonomy_ids"] + "," + row["accepted_payments"] for row in services]),
    }
    assert {table: counts["created"] for table, counts in report.tables.items()} == expected
    assert report.quarantine == []
    assert Location.objects.filter(coordinates_status="given").count() == sum(
        bool(row["latitude"]) for row in locations
    )


def test_ohana_hours_in_three_spellings(communities: Path) -> None:
    import_feed([communities / "ohana-sample"], source="ohana")
    found = {
        row.source_id: (row.byday, str(row.opens_at), str(row.closes_at))
        for row in Schedule.objects.filter(holiday=False, source_id__in=["9", "10", "13"])
    }
    assert found == {
        "9": ("MO", "14:00:00", "16:00:00"),
        "10": ("WE", "10:00:00", "15:00:00"),
        "13": ("MO", "09:00:00", "03:00:00"),
    }
    new_year = Schedule.objects.get(holiday=True, source_id="1")
    assert new_year.closed
    assert new_year.extra["every_year"] == {"from": "01-01", "to": "01-01"}


def test_illinois(communities: Path) -> None:
    folder = communities / "illinois-ilao"
    tables = folder / "spec" / "fixtures" / "custom" / "ilao" / "output"
    report = twice(folder, "ilao")
    organizations = {row["id"] for row in rows(tables / "organizations.csv")}
    services = rows(tables / "services.csv")
    kept = {row["id"] for row in services if row["organization_id"] in organizations and row["name"].strip()}
    locations = {row["id"] for row in rows(tables / "locations.csv")}
    phones = rows(tables / "phones.csv")
    parents = {"organization_id": organizations, "location_id": locations, "service_id": kept}
    good_phones = [
        row
        for row in phones
        if row["number"].strip() and any(row[column] in ids for column, ids in parents.items())
    ]
    hours = rows(tables / "regular_schedules.csv")
    assert {table: (each["read"], each["created"]) for table, each in report.tables.items()} == {
        "organizations": (33, 33),
        "services": (430, len(kept)),
        "locations": (520, 520),
        "phones": (len(phones), len(good_phones)),
        "addresses": (33, 33),
        "schedules": (2492, 2492),
    }
    assert Schedule.objects.filter(opens_at__isnull=False).count() == sum(
        bool(row["opens_at"]) for row in hours
    )
    broken = {each.source_id for each in report.quarantine if each.table == "services"}
    assert broken == {row["id"] for row in services} - kept
    assert not Location.objects.filter(coordinates_status="given").exists()


def test_haarrrvest(communities: Path) -> None:
    path = communities / "haarrrvest-food-cc0" / "hsds_jobs.ndjson"
    report = twice(path, "haarrrvest")
    objects = [json.loads(line)["hsds"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(objects) == 3825
    counted: Counter[str] = Counter()
    for each in objects:
        _count(each, "", counted)
    assert report.tables["services"]["read"] == counted["services"]
    places = [each for each in objects if "location_type" in each and "organization_id" in each]
    assert report.tables["organizations"]["read"] == len(objects) - len(places) == 3824
    kept = Service.objects.count()
    assert kept == report.tables["services"]["created"]
    assert kept > 0.95 * counted["services"]
    assert not Service.objects.filter(organization__isnull=True).exists()
    zero = [each for each in report.marked if each.rule == "implausible_coordinates"]
    assert Location.objects.filter(coordinates_status="implausible").count() == len(
        {each.row for each in zero}
    )


def _count(value: Any, name: str, counted: Counter[str]) -> None:
    """Services are the objects under ``services`` or ``service``, wherever HSDS may have them."""
    if isinstance(value, list):
        for each in value:
            _count(each, name, counted)
        return
    if not isinstance(value, dict):
        return
    if name in ("services", "service") and value:
        counted["services"] += 1
    for key, inner in value.items():
        if key in ("services", "service", "locations", "location", "organizations", "organization", "data",
                   "payload", "schema", "hsds_organization", "service_at_locations"):  # fmt: skip
            _count(inner, key, counted)
