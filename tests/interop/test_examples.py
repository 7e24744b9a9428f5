"""The standard's own examples of 3.2.3, as tables and as JSON."""

from pathlib import Path

import pytest

from waypost.directory.models import Attribute, Contact, Location, Schedule, Service, Unit
from waypost.directory.selectors import count_rows
from waypost.interop.hsds.importer import import_feed

pytestmark = pytest.mark.django_db

ALL_TABLES = 24
WITHOUT_TABULAR = {"meta_table_descriptions"}


@pytest.fixture
def examples(shared_data: Path) -> Path:
    folder = shared_data / "hsds" / "examples-3.2.3"
    if not folder.is_dir():
        pytest.skip(f"no examples at {folder}")
    return folder


def test_the_tables(examples: Path) -> None:
    report = import_feed([examples / "csv"], source="csv")
    assert len(report.tables) == ALL_TABLES
    assert {(each["read"], each["created"]) for each in report.tables.values()} == {(1, 1)}
    place = Location.objects.get()
    assert place.coordinates_status == "implausible"
    assert place.extra["as_given"] == {"latitude": "100", "longitude": "101"}
    assert place.extra["broken_references"] == {"organization_id": "985e4a42-bd9f-4edc-911d-0243a4640aca"}
    assert Contact.objects.get().organization_id is None
    assert Attribute.objects.get().link_id is None
    hours = Schedule.objects.get()
    assert (hours.freq, hours.wkst, hours.byday, hours.byweekno) == ("WEEKLY", "TU", "TH,FR", "41,42")
    assert (str(hours.opens_at), hours.timezone, hours.count, hours.interval) == ("10:00:00", "3", 3, 1)
    service = Service.objects.get()
    assert service.source_id == "ac148810-d857-441c-9679-408f346de14b"
    assert (service.minimum_age, service.maximum_age) == (12, 100)
    assert "£50" in service.fees_description
    again = import_feed([examples / "csv"], source="csv")
    assert {each["unchanged"] for each in again.tables.values()} == {1}


@pytest.mark.parametrize("name", ["organization_full", "service_full", "service_at_location_full"])
def test_the_nested_objects(examples: Path, name: str) -> None:
    report = import_feed([examples / f"{name}.json"], source=name)
    assert report.quarantine == []
    assert {each["created"] for each in report.tables.values()} == {1}
    missing = {table for table, count in count_rows(name).items() if not count}
    assert missing <= WITHOUT_TABULAR | {"service_at_locations"}
    assert Unit.objects.get().name == "Kilogram"
    again = import_feed([examples / f"{name}.json"], source=name)
    assert sum(each["created"] + each["updated"] for each in again.tables.values()) == 0


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("tabular", 21),
        ("location", 7),
        ("service_list", 3),
        ("service_at_location_list", 5),
        ("organization_list", 1),
        ("taxonomy", 1),
        ("taxonomy_list", 1),
        ("taxonomy_term", 2),
        ("taxonomy_term_list", 2),
    ],
)
def test_lists_and_single_objects(examples: Path, name: str, tables: int) -> None:
    report = import_feed([examples / f"{name}.json"], source=name)
    assert report.quarantine == []
    assert len(report.tables) == tables
