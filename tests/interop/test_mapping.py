"""Tables of any shape by a mapping file: the real one of Illinois, a flat sheet, and what goes wrong."""

import csv
import gzip
import json
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.interop.packages import folder, zipped
from waypost.directory.models import Address, Location, Organization, Phone, Schedule, Service
from waypost.interop.hsds.cells import address_parts, hours_rows
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.mapping import Mapping, load_mapping, parse_mapping
from waypost.interop.hsds.report import Report

pytestmark = pytest.mark.django_db

FLAT = {
    "files": {
        "*": {
            "columns": {
                "Agency": {"model": "organizations", "field": "name", "required": True},
                "Program": {"model": "services", "field": "name", "required": True},
                "What": {"model": "services", "field": "description"},
                "Phone": {"model": "phones", "field": "number"},
                "Toll-free": {"model": "phones", "field": "number"},
                "Address": {"model": "physical_addresses", "field": "address_1"},
                "Site": {"model": "locations", "field": "name"},
                "Hours": {"model": "regular_schedules", "field": "hours_of_operation"},
                "Languages": {"model": "languages", "field": "name", "split": "/"},
            },
            "constants": [{"model": "services", "field": "status", "value": "active"}],
        }
    }
}
HEADER = "Agency,Program,What,Phone,Toll-free,Address,Site,Hours,Languages,Note\n"
ROW = (
    'Cedar House,Groceries,Food,206-555-0100,800-555-0100,"1 Main St, Kent, WA 98030",Hall,'
    "Monday: 9:00-17:00 Sunday: Closed,English/Somali,ring twice\n"
)


def flat() -> Mapping:
    return parse_mapping(json.dumps(FLAT).encode())


def summed(report: Report) -> dict[str, tuple[int, int]]:
    for counts in report.tables.values():
        assert counts["read"] == sum(value for name, value in counts.items() if name != "read")
    return {table: (each["read"], each["created"]) for table, each in report.tables.items()}


def twice(paths: list[Path], mapping: Mapping, source: str = "mapped") -> Report:
    first = import_feed(paths, source=source, mapping=mapping)
    second = import_feed(paths, source=source, mapping=mapping)
    assert all((each["created"], each["updated"]) == (0, 0) for each in second.tables.values())
    assert {k: v["read"] for k, v in second.tables.items()} == {k: v["read"] for k, v in first.tables.items()}
    return first


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_illinois_by_its_own_mapping_gives_what_its_own_transformer_gave(shared_data: Path) -> None:
    base = shared_data / "communities" / "illinois-ilao" / "spec" / "fixtures" / "custom" / "ilao"
    if not base.is_dir():
        pytest.skip("no Illinois data")
    report = twice([base / "input"], load_mapping(base / "mapping.yaml"))
    expected = {
        name: table(base / "output" / f"{name}.csv")
        for name in (
            "organizations",
            "locations",
            "services",
            "phones",
            "postal_addresses",
            "regular_schedules",
        )
    }
    found = summed(report)
    for name in ("organizations", "locations", "services"):
        assert found[name][0] == len(expected[name]), name
    assert found["phones"][0] == sum(bool(row["number"].strip()) for row in expected["phones"])
    assert found["addresses"][0] == len(expected["postal_addresses"])
    timed = Schedule.objects.filter(opens_at__isnull=False)
    hours = [row["Hours of operation"] for row in table(base / "input" / "locations.csv")]
    assert timed.count() == sum(len(re.findall(r"\d\d-\d", words)) for words in hours)
    # Their transformer drops the afternoon of "9:00-12:00 , 13:00-17:00"; by place and day both agree.
    assert timed.values("location", "byday").distinct().count() == sum(
        bool(row["opens_at"]) for row in expected["regular_schedules"]
    )
    assert {(a.address_1, a.state_province, a.postal_code) for a in Address.objects.all()} == {
        (row["address_1"].strip(), row["state_province"], row["postal_code"])
        for row in expected["postal_addresses"]
    }
    links = [part for row in table(base / "input" / "locations.csv") for part in row["Services"].split(",")]
    assert found["service_at_locations"][0] == sum(bool(part.strip()) for part in links)


def test_florida_by_its_own_mapping(shared_data: Path) -> None:
    base = shared_data / "communities" / "illinois-ilao" / "examples" / "florida_data"
    if not base.is_dir():
        pytest.skip("no Florida data")
    report = twice([base], load_mapping(base / "florida_mapping.yaml"))
    found = summed(report)
    for name in ("organizations", "locations", "services"):
        assert found[name][0] == len(table(base / f"{name}.csv")), name
    assert "phones" in found or not any(row["phones"] for row in table(base / "locations.csv"))


def test_a_flat_sheet_without_ids(tmp_path: Path) -> None:
    path = tmp_path / "our list.csv"
    path.write_text(HEADER + ROW + ROW.replace("Groceries", "Hot meals").replace("Hall", "Hall 2"))
    assert summed(twice([path], flat())) == {
        "organizations": (2, 1),
        "services": (2, 2),
        "locations": (2, 2),
        "service_at_locations": (2, 2),
        "phones": (4, 4),
        "addresses": (2, 2),
        "schedules": (4, 4),
        "languages": (4, 4),
    }
    service = Service.objects.get(name="Groceries")
    assert (service.status, service.organization.name) == ("active", "Cedar House")
    assert service.extra["other_columns"] == {"note": "ring twice"}
    address = Address.objects.filter(location__name="Hall").get()
    assert (address.address_1, address.state_province, address.postal_code) == (
        "1 Main St, Kent",
        "WA",
        "98030",
    )
    assert {phone.number for phone in Phone.objects.filter(service=service)} == {
        "206-555-0100",
        "800-555-0100",
    }
    assert Schedule.objects.filter(service=service, closed=True, byday="SU").exists()


def book(rows: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


SHAPES = {
    "utf8 with BOM": ("a.csv", (HEADER + ROW).encode("utf-8-sig")),
    "utf16": ("a.csv", (HEADER + ROW).encode("utf-16")),
    "cp1252": ("a.csv", (HEADER + ROW.replace("Food", "Café")).encode("cp1252")),
    "semicolons": ("a.csv", b"Agency;Program\nCedar House;Groceries\n"),
    "tabs": ("a.tsv", b"Agency\tProgram\nCedar House\tGroceries\n"),
    "capitals": ("a.csv", b"AGENCY,  program \nCedar House,Groceries\n"),
    "blank lines": ("a.csv", b"Agency,Program\n\nCedar House,Groceries\n,\n\n\n"),
    "quoted lines": ("a.csv", b'Agency,Program,What\nCedar House,Groceries,"one\ntwo"\n'),
    "doubled heading": ("a.csv", b"Agency,Program,Program\nCedar House,Groceries,Other\n"),
    "short row": ("a.csv", b"Agency,Program,What\nCedar House,Groceries\n"),
    "NULs": ("a.csv", b"Agency,Program\nCedar\x00 House,Groceries\n"),
    "gz": ("a.csv.gz", gzip.compress((HEADER + ROW).encode())),
    "xlsx": ("a.xlsx", book([["Agency", "Program"], ["Cedar House", "Groceries"], [None, None]])),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_of_the_same_row(tmp_path: Path, shape: str) -> None:
    name, data = SHAPES[shape]
    (tmp_path / name).write_bytes(data)
    found = summed(twice([tmp_path / name], flat()))
    assert (found["organizations"], found["services"]) == ((1, 1), (1, 1))
    assert Organization.objects.get().name == "Cedar House"


def test_rows_that_lack_what_is_required_or_have_too_many_cells_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Agency,Program\nCedar House,\n,Groceries\nAlder,Beds,x,y\nAlder,Beds\n")
    report = import_feed([path], source="mapped", mapping=flat())
    summed(report)
    assert Service.objects.count() == 1
    reasons = {(each.row, each.reason) for each in report.quarantine}
    assert (4, "The row has 4 cells, the header 2: values may stand in wrong columns.") in reasons
    assert {each.row for each in report.quarantine} == {2, 3, 4}


UNREADABLE = {
    "empty": ("a.csv", b""),
    "web page": ("a.csv", b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"),
    "other columns": ("a.csv", b"x,y\n1,2\n"),
    "many columns": ("a.csv", b"Agency," + b",".join(b"c%d" % n for n in range(10_000)) + b"\nA\n"),
    "gz cut off": ("a.csv.gz", gzip.compress(b"Agency,Program\n" * 1000)[:40]),
    "gz bomb": ("a.csv.gz", gzip.compress(b"\0" * 30_000_000)),
    "no workbook": ("a.xlsx", b"PK\x03\x04nothing"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    name, data = UNREADABLE[kind]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable, match=r"\.$"):
        import_feed([tmp_path / name], source="mapped", mapping=flat())
    assert not Organization.objects.exists()


def test_a_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    path = zipped(tmp_path / "a.xlsx", {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": xml})
    with pytest.raises(Unreadable, match="declarations"):
        import_feed([path], source="mapped", mapping=flat())


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    tables = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": "<a/>",
        "xl/sheet1.xml": b" " * 40_000_000,
    }
    with pytest.raises(Unreadable, match="more than is reasonable"):
        import_feed([zipped(tmp_path / "a.xlsx", tables)], source="mapped", mapping=flat())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"a: &x [1]\nb: *x", "aliases"),
        (b"[1, 2]", "names no files"),
        (b"{", "neither"),
        (b"\xff\xfe", "neither"),
        (b"a.csv: {columns: {}}", "no columns"),
        (b"a.csv: {columns: {X: {model: spaceships, field: id}}}", "spaceships"),
        (b"a.csv: {columns: {X: {model: services, field: warp}}}", "warp"),
        (b"a.csv: {columns: {X: {model: services}}}", "model and a field"),
        (b"!!python/object/apply:os.system ['true']", "neither"),
    ],
)
def test_mappings_that_are_none(text: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        parse_mapping(text)


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Mon: 9am-noon", [{"description": "Mon: 9am-noon"}]),
        ("Monday: 9:00-17:00", [{"byday": "MO", "opens_at": "9:00", "closes_at": "17:00"}]),
        (
            "Tue: 9:00-12:00, 13:00-17:00",
            [
                {"byday": "TU", "opens_at": "9:00", "closes_at": "12:00"},
                {"byday": "TU", "opens_at": "13:00", "closes_at": "17:00"},
            ],
        ),
        ("Friday: Closed", [{"byday": "FR", "closed": "true"}]),
        ("Friday: 9-5", [{"description": "Friday: 9-5"}]),
        ("Monday: 9:00-17:00 except June", [{"description": "Monday: 9:00-17:00 except June"}]),
    ],
)
def test_hours_are_read_whole_or_not_at_all(words: str, rows: list[dict[str, str]]) -> None:
    assert hours_rows(words) == rows


def test_an_address_that_does_not_end_in_a_zip_code_stays_whole() -> None:
    assert address_parts("State: FL") == {"address_1": "State: FL"}


def test_the_command_takes_a_mapping(tmp_path: Path) -> None:
    package = folder(tmp_path / "in", {"a.csv": HEADER + ROW, "m.json": json.dumps(FLAT), "bad.json": "{"})
    call_command("import_directory", package / "a.csv", source="cmd", mapping=package / "m.json")
    assert Location.objects.get().name == "Hall"
    with pytest.raises(CommandError, match="neither YAML nor JSON"):
        call_command("import_directory", package / "a.csv", source="cmd", mapping=package / "bad.json")
