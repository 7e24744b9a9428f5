"""JSON of any shape: full, nested, paged, wrapped, tabular, one a line."""

import json
from pathlib import Path
from typing import Any

import pytest

from waypost.directory.models import (
    Address,
    Location,
    Organization,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceAtLocation,
)
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.report import Report

pytestmark = pytest.mark.django_db

ORGANIZATION: dict[str, Any] = {
    "id": "org_1",
    "name": "Cedar",
    "phones": [{"number": "206-555-0100"}],
    "locations": [{"id": "loc_1", "location_type": "physical", "addresses": [{"address_1": "1 Main St"}]}],
    "services": [
        {"id": "svc_1", "name": "Meals", "service_at_locations": [{"id": "x", "location_id": "loc_1"}]}
    ],
}


def run(tmp_path: Path, *values: Any, name: str = "feed.json") -> Report:
    path = tmp_path / name
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in values))
    report = import_feed([path], source="feed")
    for counts in report.tables.values():
        assert counts["read"] == sum(value for key, value in counts.items() if key != "read")
    return report


def test_what_lies_inside_an_organization_belongs_to_it(tmp_path: Path) -> None:
    run(tmp_path, ORGANIZATION)
    organization = Organization.objects.get()
    assert Service.objects.get().organization == organization
    assert Location.objects.get().organization == organization
    assert Phone.objects.get().organization == organization
    assert Address.objects.get().location == Location.objects.get()
    assert ServiceAtLocation.objects.get().location == Location.objects.get()


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"total_items": 1, "page_number": 1, "contents": [one]},
        lambda one: {"organizations": [one]},
        lambda one: {"data": one},
        lambda one: (
            {"organization": {key: one[key] for key in ("id", "name", "phones")}}
            | {key: one[key] for key in ("locations", "services")}
        ),
    ],
)
def test_every_wrapping_gives_the_same_rows(tmp_path: Path, shape: Any) -> None:
    run(tmp_path, shape(ORGANIZATION))
    assert Organization.objects.get().source_id == "org_1"
    assert Service.objects.get().organization.name == "Cedar"
    assert ServiceAtLocation.objects.get().service.name == "Meals"
    assert Phone.objects.get().organization is not None


def test_the_tabular_form_in_one_object(tmp_path: Path) -> None:
    run(
        tmp_path,
        {
            "organizations.csv": [{"id": "o", "name": "Cedar"}],
            "services.csv": [{"id": "s", "organization_id": "o", "name": "Meals"}],
        },
    )
    assert Service.objects.get().organization.name == "Cedar"


def test_a_service_brings_its_organization_and_program(tmp_path: Path) -> None:
    run(
        tmp_path,
        {
            "id": "s",
            "name": "Meals",
            "status": "active",
            "program": {"id": "p", "name": "Food"},
            "organization": {"id": "o", "name": "Cedar"},
        },
    )
    service = Service.objects.get()
    assert (service.organization.name, service.program.name if service.program else "") == ("Cedar", "Food")
    assert Program.objects.get().organization.name == "Cedar"


def test_places_inside_a_service_are_joined_to_it(tmp_path: Path) -> None:
    run(
        tmp_path,
        {
            "id": "o",
            "name": "Cedar",
            "services": [{"id": "s", "name": "Meals", "locations": [{"id": "l", "name": "Hall"}]}],
        },
    )
    joint = ServiceAtLocation.objects.get()
    assert (joint.service.name, joint.location.name) == ("Meals", "Hall")
    assert Location.objects.get().organization == Organization.objects.get()


def test_wrapped_objects_with_the_same_ids_do_not_meet(tmp_path: Path) -> None:
    lines = [
        {"scraper": "a", "job": "1", "hsds": {"id": "org_1", "name": "Cedar"}},
        {"scraper": "a", "job": "2", "hsds": {"id": "org_1", "name": "Alder"}},
        {"hsds": {"id": "org_1", "name": "Elm"}},
        {"hsds": {"id": "org_1", "name": "Fir"}},
    ]
    report = run(tmp_path, *lines, name="feed.ndjson")
    assert report.tables["organizations"]["created"] == 4
    assert set(Organization.objects.values_list("source_id", flat=True)) == {"org_1"}
    again = run(tmp_path, *reversed(lines), name="feed.ndjson")
    assert again.tables["organizations"]["unchanged"] == 4


def test_plain_lines_with_the_same_id_are_never_merged(tmp_path: Path) -> None:
    report = run(
        tmp_path, {"id": "org_1", "name": "Cedar"}, {"id": "org_1", "name": "Alder"}, name="a.ndjson"
    )
    assert report.tables["organizations"]["quarantined"] == 1
    assert Organization.objects.get().name == "Cedar"


def test_a_summary_here_and_the_whole_there_are_one_row(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        [
            {"id": "s1", "name": "Meals", "status": "active", "organization": {"id": "o", "name": "Cedar"}},
            {
                "id": "s2",
                "name": "Beds",
                "status": "active",
                "organization": {"id": "o", "name": "Cedar", "email": "a@b.example"},
            },
        ],
    )
    assert report.tables["organizations"] == {
        "read": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 1,
        "quarantined": 0,
    }
    assert Organization.objects.get().email == "a@b.example"


def test_bad_lines_cost_only_themselves(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        {"id": "1", "name": "Cedar"},
        '{"id": "2", "name": "cut of',
        "",
        {"id": "3", "name": "Elm"},
        "[1]",
        {"nothing": "known"},
        name="feed.ndjson",
    )
    assert report.tables["organizations"]["created"] == 2
    assert [each.rule for each in report.quarantine] == ["invalid_json", "unknown_shape", "unknown_shape"]


def test_garbage_behind_the_value(tmp_path: Path) -> None:
    report = run(tmp_path, json.dumps([{"id": "1", "name": "Cedar"}]) + " and more")
    assert report.tables["organizations"]["created"] == 1
    assert [each.rule for each in report.quarantine] == ["invalid_json"]


def test_values_that_a_database_cannot_hold(tmp_path: Path) -> None:
    run(
        tmp_path,
        '{"id": "1", "name": "Ce\\u0000dar \\ud83d", "year_incorporated": NaN, "tax_id": '
        + "9" * 6000
        + ', "odd": {"a\\u0000": [Infinity, "\\u0000"]}}',
    )
    row = Organization.objects.get()
    assert row.name == "Cedar \ufffd"
    assert row.year_incorporated is None
    assert row.extra["as_given"] == {"year_incorporated": "NaN"}
    assert row.extra["odd"] == {"a": ["Infinity", ""]}
    assert row.tax_id == "9" * 6000


def test_hours_in_invented_words_are_used_only_where_they_are_plain(tmp_path: Path) -> None:
    run(
        tmp_path,
        {
            "id": "o",
            "name": "Cedar",
            "locations": [
                {
                    "id": "l",
                    "schedules": [
                        {"days": ["Monday", "Friday"], "start_time": "9am", "end_time": "12:00"},
                        {"freq": "BIWEEKLY", "times": [{"start": "9"}], "opens_at": "nine"},
                    ],
                }
            ],
        },
    )
    known = Schedule.objects.get(byday="MO,FR")
    assert (str(known.opens_at), str(known.closes_at), known.freq) == ("09:00:00", "12:00:00", "WEEKLY")
    unknown = Schedule.objects.get(byday="")
    assert unknown.opens_at is None
    assert unknown.extra == {
        "times": [{"start": "9"}],
        "as_given": {"opens_at": "nine", "freq": "BIWEEKLY"},
    }
